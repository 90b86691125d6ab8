package io.guestchat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way into the build from a clean checkout. */
class MavenWrapperTest {

    private final Properties wrapper = new Properties();

    @BeforeEach
    void read() throws IOException {
        wrapper.load(new StringReader(Checkout.read(".mvn/wrapper/maven-wrapper.properties")));
    }

    @Test
    void givenTheWrapper_whenItFetchesMaven_thenOneReleaseFromCentralWithItsSum() {
        assertThat(wrapper.getProperty("distributionUrl"))
                .matches("https://repo\\.maven\\.apache\\.org/maven2/org/apache/maven/apache-maven/"
                        + "(\\d+\\.\\d+\\.\\d+)/apache-maven-\\1-bin\\.zip");
        assertThat(wrapper.getProperty("distributionSha256Sum")).matches("[0-9a-f]{64}");
    }

    @Test
    void givenNoUnzip_whenTheWrapperUnpacks_thenItStaysWithTheArchiveWhoseSumIsPinned() {
        assertThat(Checkout.read("mvnw")).contains("jar\" xf").doesNotContain(".tar.gz\"");
    }

    @Test
    void givenTheCheckRun_whenCalled_thenItIsTheBuildsOwnVerify() {
        assertThat(Files.isExecutable(Checkout.ROOT.resolve(".ci/run"))).isTrue();
        assertThat(Checkout.read(".ci/run")).contains("set -euo pipefail\n", "./mvnw -B -ntp verify ");
    }
}

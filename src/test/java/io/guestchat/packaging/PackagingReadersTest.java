package io.guestchat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.packaging.ComposeFile.Port;
import io.guestchat.packaging.Dockerfile.Copy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The readers of the other tests: what they overlook, those could not find. */
class PackagingReadersTest {

    @Test
    void givenStages_whenRead_thenContinuationsAreJoinedAndLaterInstructionsWin() {
        // when
        Dockerfile file = Dockerfile.parse("""
                FROM a:1.2.3 AS first
                # a comment \\
                COPY --chown=1:1 x y /to
                USER 5
                USER root
                FROM first AS second
                RUN one \\
                 && two
                COPY --from=first /z .
                """);

        // then
        assertThat(file.pulled()).containsExactly(new ImageName("a", "1.2.3", null));
        assertThat(file.effective(file.stage("second"), "RUN")).hasValueSatisfying(run ->
                assertThat(run).matches("one\\s+&& two"));
        assertThat(file.effective(file.stage("second"), "USER")).hasValue("root");
        assertThat(file.effective(file.stage("second"), "ENTRYPOINT")).isEmpty();
        assertThat(file.copies()).containsExactly(new Copy(null, "x"), new Copy(null, "y"), new Copy("first", "/z"));
    }

    @Test
    void givenEntrypoints_whenRead_thenOnlyAJsonArrayIsTheExecForm() {
        assertThat(ExecForm.parse("[\"java\", \"-jar\"]")).hasValue(List.of("java", "-jar"));
        assertThat(ExecForm.parse("java -jar x.jar")).isEmpty();
        assertThat(ExecForm.parse("['java']")).isEmpty();
    }

    @Test
    void givenPorts_whenRead_thenAMissingAddressMeansEveryInterface() {
        assertThat(Port.parse("127.0.0.1:1:2")).isEqualTo(new Port("127.0.0.1", 1, 2));
        assertThat(Port.parse("1:2")).isEqualTo(new Port(null, 1, 2));
        assertThat(Port.parse("2")).isEqualTo(new Port(null, 2, 2));
    }

    @Test
    void givenAService_whenRead_thenDefaultsOfVariablesAreItsValuesAndWhatIsAbsentIsEmpty() {
        // when
        ComposeFile.Service service = ComposeFile.parse("""
                services:
                  one:
                    image: x
                    environment:
                      A: ${A:-http://b:1}
                      B: plain
                """).service("one");

        // then
        assertThat(service.environment()).isEqualTo(Map.of("A", "http://b:1", "B", "plain"));
        assertThat(service.healthCheck()).isEmpty();
        assertThat(service.ports()).isEmpty();
        assertThat(service.stopGracePeriod()).isNull();
        assertThat(service.hardening().readOnly()).isFalse();
    }

    @Test
    void givenProperties_whenRead_thenKeysThatAreCommentedOutAreDocumentedToo() {
        DocumentedProperties properties = DocumentedProperties.parse("""
                # Words with an equals sign = none of these is a key.
                kafka.group-id = guestchat
                #genesys.client-id =
                """);

        assertThat(properties.keys()).containsExactly("genesys.client-id", "kafka.group-id");
        assertThat(properties.environmentNames()).containsExactly("GENESYS_CLIENT_ID", "KAFKA_GROUP_ID");
        assertThat(properties.required("kafka.group-id")).isEqualTo("guestchat");
    }
}

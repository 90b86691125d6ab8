package io.guestchat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.packaging.Dockerfile.Copy;
import io.guestchat.packaging.Dockerfile.Stage;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Dockerfile against the checkout, the build and the documented properties. */
class DockerfileTest {

    private static final Dockerfile DOCKERFILE = Dockerfile.parse(Checkout.read("Dockerfile"));

    /** What the build makes under {@code target}: the compiler, the plugins of jars, of dependencies and of the bill of materials. */
    private static final List<String> PRODUCTS = List.of("/build/target/guestchat-bridge.jar",
            "/build/target/guestchat-bridge.cdx.json", "/build/target/lib", "/build/target/test-lib", "/build/target/classes", "/build/target/test-classes");

    private final DocumentedProperties properties = DocumentedProperties.parse(Checkout.read("application.properties"));

    static Stream<ImageName> pulled() {
        return DOCKERFILE.pulled().stream();
    }

    static Stream<Copy> fromTheCheckout() {
        return DOCKERFILE.copies().stream().filter(c -> c.fromStage() == null);
    }

    static Stream<Copy> fromAStage() {
        return DOCKERFILE.copies().stream().filter(c -> c.fromStage() != null);
    }

    @ParameterizedTest
    @MethodSource("pulled")
    void givenABaseImage_whenNamed_thenItIsAPinnedJava17(ImageName image) {
        assertThat(image).matches(ImageName::pinned, "pinned");
        assertThat(image.tag()).startsWith("17.");
    }

    @Test
    void givenTheImagesThatRun_whenBuilt_thenOnAJreAndOneRelease() {
        assertThat(DOCKERFILE.stage("runtime").base()).isEqualTo(DOCKERFILE.stage("build").base().replace("-jdk-", "-jre-"));
    }

    @ParameterizedTest
    @MethodSource("fromTheCheckout")
    void givenAPathFromTheCheckout_whenCopied_thenItExistsAndReachesTheBuilder(Copy copy) {
        assertThat(Checkout.ROOT.resolve(copy.source())).exists();
        assertThat(Checkout.read(".dockerignore").lines()).contains("*", "!" + copy.source());
    }

    @ParameterizedTest
    @MethodSource("fromAStage")
    void givenAPathFromAStage_whenCopied_thenTheBuildMadeItOrBroughtIt(Copy copy) {
        Stage stage = DOCKERFILE.stage(copy.fromStage());
        List<String> brought = DOCKERFILE.copies(DOCKERFILE.stage("build")).stream().map(c -> "/build/" + c.source()).toList();

        assertThat(stage.name().equals("build") || stage.base().equals("build")).isTrue();
        assertThat(Stream.concat(PRODUCTS.stream(), brought.stream())).contains(copy.source());
    }

    @Test
    void givenTheJar_whenMavenNamesIt_thenTheImageCopiesAndStartsThatOne() {
        String pom = Checkout.read("pom.xml");
        String jar = pom.replaceAll("(?s).*<finalName>(.*?)</finalName>.*", "$1") + ".jar";

        assertThat(DOCKERFILE.copies(DOCKERFILE.stage("bridge"))).extracting(Copy::source).contains("/build/target/" + jar);
        assertThat(entrypoint("bridge")).containsExactly("java", "-jar", jar);
        assertThat(pom).contains("<classpathPrefix>lib/</classpathPrefix>", "<outputDirectory>${project.build.directory}/lib<");
    }

    @Test
    void givenTheSimulator_whenItsImageStarts_thenItsMainClassIsThere() {
        List<String> command = entrypoint("simulator");

        assertThat(command).startsWith("java", "-cp");
        String path = command.get(command.size() - 1).replace('.', '/') + ".java";
        assertThat(Checkout.ROOT.resolve("src/test/java").resolve(path)).exists();
    }

    @Test
    void givenNoTarget_whenAnImageIsBuilt_thenItIsTheBridge() {
        assertThat(DOCKERFILE.stages().get(DOCKERFILE.stages().size() - 1).name()).isEqualTo("bridge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "simulator"})
    void givenAnImage_whenItRuns_thenAsANumberThatIsNotRoot(String stage) {
        assertThat(DOCKERFILE.effective(DOCKERFILE.stage(stage), "USER")).hasValueSatisfying(user ->
                assertThat(user).matches("[1-9]\\d*:[1-9]\\d*"));
    }

    @Test
    void givenTheBridge_whenItsHealthIsAsked_thenItIsLivenessOnTheDocumentedPort() {
        String port = properties.required("camel.management.port");

        assertThat(DOCKERFILE.effective(DOCKERFILE.stage("bridge"), "HEALTHCHECK")).hasValueSatisfying(check -> assertThat(check)
                .contains("curl --fail ", "\"http://127.0.0.1:${CAMEL_MANAGEMENT_PORT:-" + port + "}/observe/health/live\""));
        assertThat(DOCKERFILE.effective(DOCKERFILE.stage("bridge"), "EXPOSE")).hasValue(port);
    }

    @Test
    void givenTheSimulator_whenItsHealthIsAsked_thenOnThePortThatItsImageSets() {
        Stage simulator = DOCKERFILE.stage("simulator");
        String port = DOCKERFILE.effective(simulator, "EXPOSE").orElseThrow();

        assertThat(DOCKERFILE.effective(simulator, "ENV")).hasValueSatisfying(env ->
                assertThat(env.split(" ")).contains("SIMULATOR_HOST=0.0.0.0", "SIMULATOR_PORT=" + port));
        assertThat(DOCKERFILE.effective(simulator, "HEALTHCHECK")).hasValueSatisfying(check ->
                assertThat(check).contains("curl ", "\"http://127.0.0.1:${SIMULATOR_PORT}/\""));
    }

    @Test
    void givenTheWrapperInTheImage_whenBuilt_thenItNeedsNothingInstalled() {
        assertThat(Files.isExecutable(Checkout.ROOT.resolve("mvnw"))).isTrue();
        assertThat(DOCKERFILE.stage("build").instructions()).filteredOn(i -> i.keyword().equals("RUN"))
                .isNotEmpty()
                .allSatisfy(run -> assertThat(run.arguments()).startsWith("./mvnw -B -ntp ").doesNotContain("apt-get"));
    }

    private static List<String> entrypoint(String stage) {
        String arguments = DOCKERFILE.effective(DOCKERFILE.stage(stage), "ENTRYPOINT").orElseThrow();
        return ExecForm.parse(arguments).orElseThrow(() -> new AssertionError("shell form, SIGTERM is lost: " + arguments));
    }
}

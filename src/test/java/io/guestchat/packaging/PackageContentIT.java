package io.guestchat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What {@code mvn package} makes holds all that the bridge needs, and nothing of the tests. */
class PackageContentIT {

    private static final Path CLASSES = Checkout.ROOT.resolve("target/classes");
    private static final Path BILL = Checkout.ROOT.resolve("target/guestchat-bridge.cdx.json");
    private static final Path TEST_CLASSES = Checkout.ROOT.resolve("target/test-classes");
    /** Packages of the broker, of what tests stand on, and our own, which are in the jar. */
    private static final List<String> FOREIGN = List.of("kafka/server/", "scala/", "org/apache/zookeeper/",
            "org/apache/kafka/raft/", "org/junit/", "org/assertj/", "org/awaitility/", "org/apache/camel/test/",
            "org/apache/camel/catalog/DefaultCamelCatalog", "io/guestchat/");

    @Test
    void givenTheJar_whenItsEntriesAreRead_thenTheyAreTheProductionClassesAndNoneOfTheTests() throws IOException {
        Set<String> entries = entries(PackagedBridge.JAR);

        assertThat(entries).containsAll(files(CLASSES)).contains("io/guestchat/Bridge.class", "log4j2.xml")
                .doesNotContainAnyElementsOf(files(TEST_CLASSES)).noneMatch(entry -> entry.endsWith(".camel.yaml"));
    }

    @Test
    void givenTheJar_whenItsManifestIsRead_thenItNamesEachLibraryThatLiesBesideIt() throws IOException {
        try (JarFile jar = new JarFile(PackagedBridge.JAR.toFile());
                Stream<Path> libraries = Files.list(PackagedBridge.LIBRARIES)) {
            Attributes manifest = jar.getManifest().getMainAttributes();

            assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("io.guestchat.Bridge");
            assertThat(Arrays.asList(manifest.getValue(Attributes.Name.CLASS_PATH).split(" ")))
                    .containsExactlyInAnyOrderElementsOf(libraries.map(library -> "lib/" + library.getFileName()).toList());
        }
    }

    @Test
    void givenTheLibraries_whenTheirEntriesAreRead_thenNoneIsOfABrokerOrOfATest() throws IOException {
        Set<String> classes = new TreeSet<>();
        try (Stream<Path> libraries = Files.list(PackagedBridge.LIBRARIES)) {
            for (Path library : libraries.toList()) {
                classes.addAll(entries(library));
            }
        }

        assertThat(classes)
                .contains("org/apache/kafka/clients/consumer/KafkaConsumer.class", "org/apache/camel/main/Main.class");
        assertThat(classes).filteredOn(entry -> FOREIGN.stream().anyMatch(entry::startsWith)).isEmpty();
    }

    @Test
    void givenTheBillOfMaterials_whenItIsRead_thenItListsEachLibraryBesideTheJarAndNoOther() throws IOException {
        assertThat(BILL).as("made by cyclonedx:makeBom, which Maven skips where it is offline (-o)").exists();
        JsonNode bill = new ObjectMapper().readTree(BILL.toFile());
        List<JsonNode> components = StreamSupport.stream(bill.path("components").spliterator(), false).toList();

        assertThat(bill.path("bomFormat").textValue()).isEqualTo("CycloneDX");
        assertThat(bill.at("/metadata/component/name").textValue()).isEqualTo("guestchat-bridge");
        assertThat(components).extracting(component -> component.path("name").textValue())
                .contains("camel-kafka", "kafka-clients", "log4j-core").doesNotContain("kafka_2.13", "camel-test-junit5");
        try (Stream<Path> libraries = Files.list(PackagedBridge.LIBRARIES)) {
            assertThat(components).extracting(PackageContentIT::file)
                    .containsExactlyInAnyOrderElementsOf(libraries.map(library -> library.getFileName().toString()).toList());
        }
    }

    @Test
    void givenTheBillOfMaterials_whenItIsRead_thenNothingInItDiffersFromBuildToBuild() throws IOException {
        JsonNode bill = new ObjectMapper().readTree(BILL.toFile());

        assertThat(bill.has("serialNumber")).isFalse();
        assertThat(bill.path("components")).allSatisfy(component -> {
            assertThat(component.path("purl").textValue()).startsWith("pkg:maven/");
            assertThat(component.path("hashes")).isNotEmpty();
        });
    }

    /** A library's file, as Maven names it. */
    private static String file(JsonNode component) {
        String purl = component.path("purl").textValue();
        String classifier = purl.contains("classifier=") ? "-" + purl.replaceAll(".*classifier=([^&]+).*", "$1") : "";
        return component.path("name").textValue() + "-" + component.path("version").textValue() + classifier + ".jar";
    }

    private static Set<String> entries(Path jar) throws IOException {
        try (JarFile opened = new JarFile(jar.toFile())) {
            return opened.stream().filter(entry -> !entry.isDirectory()).map(entry -> entry.getName())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<String> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/')).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package io.guestchat.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.guestchat.routes.RouteFile.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code routes/}, against Camel's own schema and catalogue, the beans, the properties and each other. */
class RoutesTest {

    /** What a visual designer opens a file by, too. */
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
            .getSchema(SchemaLocation.of("classpath:schema/camelYamlDsl.json"));
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}]*)}}");
    private static final Pattern CLASS_NAME = Pattern.compile("(?:[a-z]\\w*\\.){2,}[A-Z]\\w*");
    private static final Pattern BEGUN_BY_JAVA =
            Pattern.compile("(?:flows\\.(?:run|now|start|processor)|new Telling)\\(\"([\\w-]+)\"|\"direct:([\\w-]+)\"");
    private static final String DIRECT = "direct:";
    private static final String BEAN = "#bean:";

    private static LoadedRoutes loaded;

    static List<RouteFile> files() {
        return RouteFile.all();
    }

    @BeforeAll
    static void load() {
        loaded = new LoadedRoutes();
    }

    @AfterAll
    static void close() {
        loaded.close();
    }

    @ParameterizedTest
    @MethodSource("files")
    void givenAFile_whenHeldAgainstCamelsSchema_thenItIsValid(RouteFile file) {
        assertThat(SCHEMA.validate(file.content())).isEmpty();
    }

    @Test
    void givenAFileWithAnUnknownOption_whenHeldAgainstCamelsSchema_thenItIsNot() {
        RouteFile wrong = RouteFile.parse("wrong", "- route:\n    from:\n      uri: direct:a\n      steps:\n        - logg: x\n");

        assertThat(SCHEMA.validate(wrong.content())).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void givenAFile_whenNamed_thenTheBridgeReadsIt(RouteFile file) {
        assertThat(file.name()).endsWith(".camel.yaml");
        assertThat(file.text()).as("says what it is about").startsWith("# ");
    }

    @ParameterizedTest
    @MethodSource("files")
    void givenARoute_whenRead_thenItHasAnIdAndADescription(RouteFile file) {
        assertThat(file.routes()).isNotEmpty().allSatisfy(route -> {
            assertThat(route.path("id").asText()).matches("[a-z][a-z-]*");
            assertThat(route.path("description").asText()).as("description of " + route.path("id").asText()).endsWith(".");
        });
    }

    @Test
    void givenAllFiles_whenTheirIdsAreTaken_thenNoneIsThereTwice() {
        assertThat(texts("id")).doesNotHaveDuplicates();
    }

    @Test
    void givenAllRoutes_whenCamelHasLoadedThem_thenItHasEachOfThem() {
        List<String> written = files().stream().flatMap(file -> file.routes().stream()).map(route -> route.path("id").asText())
                .toList();

        assertThat(loaded.definitions()).extracting(RouteDefinition::getRouteId).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void givenARouteThatIsCalledByItsId_whenItsUriIsRead_thenItIsItsId() {
        assertThat(files()).flatExtracting(RouteFile::routes)
                .filteredOn(route -> from(route).startsWith(DIRECT))
                .isNotEmpty()
                .allSatisfy(route -> assertThat(from(route)).isEqualTo(DIRECT + route.path("id").asText()));
    }

    @Test
    void givenADirectRoute_whenItsCallersAreSought_thenThereIsOne() {
        Set<String> called = directs("to");
        called.addAll(begunByJava());

        assertThat(directs("from")).isNotEmpty().isSubsetOf(called);
    }

    @Test
    void givenACallOfADirectRoute_whenItIsSought_thenItIsThere() {
        assertThat(directs("to")).isNotEmpty().isSubsetOf(directs("from"));
        assertThat(begunByJava()).contains("request", "frame", "fetch-token", "catch-up").isSubsetOf(directs("from"));
    }

    @Test
    void givenACallOfABean_whenItIsSought_thenItIsBoundAndHasThatMethod() {
        List<JsonNode> calls = fields(field -> field.name().equals("bean") || field.name().equals("method")).map(Field::value)
                .filter(JsonNode::isObject).toList();

        assertThat(calls).hasSizeGreaterThan(50).allSatisfy(call -> {
            Object bean = bean(call.path("ref").asText());
            assertThat(publicMethods(bean)).as(bean.getClass().getName()).contains(call.path("method").asText());
        });
    }

    @Test
    void givenAProcessorByReference_whenItIsSought_thenItIsBound() {
        List<String> references = fields(field -> field.name().equals("process"))
                .map(field -> field.value().path("ref").asText()).toList();

        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(bean(reference)).isInstanceOf(Processor.class));
    }

    @Test
    void givenAnyOtherReferenceToABean_whenItIsSought_thenItIsBound() {
        Stream<String> inOptions = words().filter(word -> word.startsWith(BEAN)).map(word -> word.substring(BEAN.length()));

        assertThat(Stream.concat(inOptions, texts("executorService").stream())).isNotEmpty()
                .allSatisfy(reference -> assertThat(bean(reference)).isNotNull());
    }

    @Test
    void givenANameOfAClass_whenItIsSought_thenItIsThere() {
        assertThat(words().filter(word -> CLASS_NAME.matcher(word).matches())).isNotEmpty()
                .allSatisfy(name -> assertThat(Class.forName(name)).isNotNull());
    }

    @Test
    void givenAnEndpoint_whenHeldAgainstCamelsCatalogue_thenEachOptionIsKnownAndFits() {
        CamelCatalog catalogue = new DefaultCamelCatalog(true);
        List<String> uris = loaded.definitions().stream().flatMap(RoutesTest::uris)
                .map(uri -> loaded.context().resolvePropertyPlaceholders(uri)).toList();

        assertThat(uris).anyMatch(uri -> uri.startsWith("kafka:")).anyMatch(uri -> uri.startsWith("https:")).allSatisfy(uri -> {
            EndpointValidationResult result = catalogue.validateEndpointProperties(uri, true);
            assertThat(result.isSuccess()).as(result.summaryErrorMessage(true)).isTrue();
        });
    }

    @Test
    void givenAPlaceholder_whenItsKeyIsSought_thenItIsADocumentedOne() throws IOException {
        String reference = Files.readString(Path.of("application.properties"));
        Properties resolved = loaded.context().getPropertiesComponent().loadProperties();

        assertThat(words().flatMap(word -> PLACEHOLDER.matcher(word).results()).map(match -> match.group(1))).isNotEmpty()
                .allSatisfy(key -> {
                    assertThat(reference).containsPattern("(?m)^#?" + Pattern.quote(key) + "=");
                    assertThat(resolved.getProperty(key)).isNotBlank();
                });
    }

    @Test
    void givenAnyWord_whenRead_thenItIsNoPathOfThePlatformAndNoAddress() {
        assertThat(words()).noneMatch(word -> word.contains("/"));
    }

    @Test
    void givenATopic_whenItsWritersAreSought_thenThereIsTheRouteThatOffersItAgainAndForWhatIsToldOneThatOffersItOnce() {
        List<String> written = fields(field -> field.name().equals("to")).map(Field::uri)
                .filter(uri -> uri.startsWith("kafka:")).toList();

        assertThat(written).containsExactlyInAnyOrder("kafka:{{topics.events}}", "kafka:{{topics.messages}}",
                "kafka:{{topics.events}}", "kafka:{{topics.messages}}", "kafka:{{topics.history}}",
                "kafka:{{topics.dead-letters}}", "kafka:{{topics.sessions}}");
    }

    private static Object bean(String name) {
        Object bean = loaded.context().getRegistry().lookupByName(name);
        assertThat(bean).as("bean " + name).isNotNull();
        return bean;
    }

    private static String from(JsonNode route) {
        return new Field("from", route.path("from")).uri();
    }

    private static Set<String> publicMethods(Object bean) {
        return Arrays.stream(bean.getClass().getMethods()).map(Method::getName).collect(Collectors.toSet());
    }

    private static Stream<String> uris(RouteDefinition route) {
        Stream<String> sent = ProcessorDefinitionHelper
                .filterTypeInOutputs(route.getOutputs(), EndpointRequiredDefinition.class).stream()
                .map(EndpointRequiredDefinition::getEndpointUri);
        return Stream.concat(Stream.of(route.getInput().getEndpointUri()), sent);
    }

    private static Stream<Field> fields(Predicate<Field> which) {
        return files().stream().flatMap(file -> file.fields().stream()).filter(which);
    }

    private static Stream<String> words() {
        return files().stream().flatMap(file -> file.words().stream());
    }

    private static List<String> texts(String name) {
        return fields(field -> field.name().equals(name)).map(field -> field.value().asText()).toList();
    }

    /** The names of the {@code direct:} routes that stand in the fields of a name. */
    private static Set<String> directs(String name) {
        return fields(field -> field.name().equals(name)).map(Field::uri).filter(uri -> uri.startsWith(DIRECT))
                .map(uri -> uri.substring(DIRECT.length())).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> begunByJava() {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            return sources.filter(source -> source.toString().endsWith(".java"))
                    .flatMap(source -> BEGUN_BY_JAVA.matcher(read(source)).results())
                    .map(match -> Objects.requireNonNullElse(match.group(1), match.group(2)))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package io.guestchat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutePatternsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "file:routes/*.camel.yaml | file:/home/of it/routes/*.camel.yaml",
        "file:/etc/r/*.yaml       | file:/etc/r/*.yaml",
        "classpath:r/*.yaml       | classpath:r/*.yaml",
        "file:a/*, file:/b/*      | file:/home/of it/a/*,file:/b/*"})
    void givenPatterns_whenResolved_thenRelativeFilesStartAtHome(String patterns, String resolved) {
        assertThat(RoutePatterns.resolve(patterns, Path.of("/home/of it"))).isEqualTo(resolved);
    }
}

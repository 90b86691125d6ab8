package io.guestchat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"apache/kafka:3.9.1", "eclipse-temurin:17.0.18_8-jre-noble", "localhost:5000/kafka:3.9.1",
            "apache/kafka@sha256:0123"})
    void givenAReleaseOrADigest_whenAsked_thenItIsPinned(String name) {
        assertThat(ImageName.parse(name).pinned()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"apache/kafka", "apache/kafka:latest", "apache/kafka:3.9", "eclipse-temurin:17-jre",
            "localhost:5000/kafka", "eclipse-temurin:17.0-jre"})
    void givenATagThatMovesOrNone_whenAsked_thenItIsNotPinned(String name) {
        assertThat(ImageName.parse(name).pinned()).isFalse();
    }
}

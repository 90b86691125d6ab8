package io.guestchat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class SecretTest {

    private static final String VALUE = "hunter2";

    private final Secret secret = new Secret(VALUE);

    @Test
    void givenASecret_whenPrinted_thenItsValueIsNotSeen() {
        assertThat(secret).hasToString("***");
        assertThat(String.format("%s", new Holder(secret))).doesNotContain(VALUE);
    }

    @Test
    void givenASecret_whenAskedForIt_thenItIsTold() {
        assertThat(secret.reveal()).isEqualTo(VALUE);
    }

    @Test
    void givenASecret_whenSerialized_thenItIsRefused() throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(secret)).isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void givenASecret_whenMappedToJson_thenItsValueIsNotInIt() throws IOException {
        ObjectMapper lenient = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

        assertThat(lenient.writeValueAsString(new Holder(secret))).isEqualTo("{\"secret\":{}}");
    }

    @Test
    void givenTwoSecrets_whenCompared_thenTheirValuesDecideAndTheirHashesTellNothing() {
        assertThat(secret).isEqualTo(new Secret(VALUE)).isNotEqualTo(new Secret("hunter3")).isNotEqualTo(VALUE);
        assertThat(secret).hasSameHashCodeAs(new Secret("hunter3"));
    }

    private record Holder(Secret secret) {
    }
}

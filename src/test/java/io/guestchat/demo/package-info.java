/**
 * The demo, {@code ./mvnw -Pdemo}: a broker, the platform's simulator and the real bridge, and a chat as an outside Kafka client
 * would have it, printed for a person.
 */
package io.guestchat.demo;

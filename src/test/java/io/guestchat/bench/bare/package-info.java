/**
 * The reference: kafka-clients and Vert.x's clients in a loop, without Camel, state or retries, as lean as it can be while each
 * text arrives in order. It is no bridge: what a crash or a refusal would take, it loses.
 */
package io.guestchat.bench.bare;

/**
 * The Kafka contract, sentence by sentence, as an outside system sees it: through a real broker, the real routes and a real
 * server in the platform's place. {@link io.guestchat.harness.ContractRules} holds what is true of
 * every record, whatever a test did.
 */
package io.guestchat.acceptance;

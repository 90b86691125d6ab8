/**
 * What the tests of the whole bridge stand on: a real broker, the simulator, the real bridge, and an outside system that sees
 * only topics.
 */
package io.guestchat.harness;

/**
 * The benchmark, {@code ./mvnw -Pbench}: what the bridge costs, beside what the machine allows. {@code docs/performance.md} says
 * what each figure means. Broker, simulator, bridge and driver are processes of their own; this package is the driver.
 */
package io.guestchat.bench;

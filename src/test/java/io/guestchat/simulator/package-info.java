/**
 * A simulator of the guest chat platform: a real HTTP and WebSocket server that tests, the demo and people talk to.
 *
 * <p>Where the platform's tutorial leaves something open, {@link io.guestchat.simulator.SimulatorOptions} chooses. Faults are
 * told to it while it runs, in Java by {@link io.guestchat.simulator.SimulatorControl} and over HTTP under {@code /control/}.
 */
package io.guestchat.simulator;

/**
 * What is promised, counted under faults: bridges as processes of their own, a real broker, the simulator, and chats in which
 * both sides talk all the while. {@link io.guestchat.faults.FaultRun} is one fault's run from its chats' start to its verdict.
 */
package io.guestchat.faults;

/**
 * What the steps of the routes call: each class is one bean that {@code routes/} names, and each of its methods one step. They
 * read and change the chat of the exchange, in its turn, and leave what comes next in the exchange's properties ({@link
 * io.guestchat.flow.Step}).
 */
package io.guestchat.flow;

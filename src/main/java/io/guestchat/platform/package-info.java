/**
 * How a call to the platform is made: its turn, its token, its retries, its errors. What is called stands in
 * {@code io.guestchat.dialect}; the flow stands in {@code routes/platform.camel.yaml}.
 */
package io.guestchat.platform;

/**
 * What comes in from outside, made up at random for the property-based tests: bytes, texts, JSON, requests. The properties
 * themselves stand beside what they are of.
 */
package io.guestchat.fuzz;

package io.guestchat.config;

/**
 * The keys {@code guest.*}.
 *
 * @param defaultLanguage a well-formed BCP 47 tag, for guests whose {@code start} names none
 */
public record GuestSettings(String defaultLanguage) {
}

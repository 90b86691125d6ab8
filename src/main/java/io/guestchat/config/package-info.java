/**
 * The configuration, read once at the start into typed records. Key names, defaults and the way back to properties stand in
 * {@link io.guestchat.config.Key}; ranges stand in {@link io.guestchat.config.SettingsReader}.
 */
package io.guestchat.config;

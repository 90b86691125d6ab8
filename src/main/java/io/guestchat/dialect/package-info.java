/**
 * How the platform is spoken to. {@link io.guestchat.dialect.Dialect} says what the rest needs; each package below is one
 * dialect, the only place that knows the platform's paths, the fields of its frames, its close codes and its words.
 */
package io.guestchat.dialect;

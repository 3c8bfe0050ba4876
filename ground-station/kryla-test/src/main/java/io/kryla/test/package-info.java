/**
 * For the tests of those who build on the ground SDK: an airframe that speaks the real protocol over real sockets, flies a
 * script, and loses datagrams by a seed. Embeds the agent that firmware embeds; its identity comes from a licensor made in
 * memory. Start at {@link io.kryla.test.FakeAirframe}.
 */
@NullMarked
package io.kryla.test;

import org.jspecify.annotations.NullMarked;

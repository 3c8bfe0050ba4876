/** What a ground station embeds: links to many airframes, subscriptions, recordings and their verification. */
module io.kryla.ground {
    requires transitive io.kryla.core;
    requires static transitive org.jspecify;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires org.slf4j;

    exports io.kryla.ground.fleet;
    exports io.kryla.ground.link;
    exports io.kryla.ground.metrics;
    exports io.kryla.ground.record;
    exports io.kryla.ground.stream;
    exports io.kryla.ground.trust;
}

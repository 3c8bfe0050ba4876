/**
 * What airframe and ground share, and what a firmware embeds. Not exported: what shows a library's types.
 */
module io.kryla.core {
    requires transitive io.kryla.protocol;
    requires static transitive org.jspecify;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires org.slf4j;
    requires com.github.luben.zstd_jni;

    exports io.kryla.airframe;
    exports io.kryla.airframe.handover;
    exports io.kryla.airframe.provisioning;
    exports io.kryla.codec;
    exports io.kryla.dsse;
    exports io.kryla.identity;
    exports io.kryla.keys;
    exports io.kryla.link;
    exports io.kryla.mcap;
    exports io.kryla.ownership;
    exports io.kryla.session;
    exports io.kryla.sframe;
    exports io.kryla.telemetry;
    exports io.kryla.tlog;
    exports io.kryla.keys.bouncycastle to
            io.kryla.test;
}

/** The messages that airframe and ground exchange and sign; {@code kryla-v1.binpb} in it describes them all. */
module io.kryla.protocol {
    requires transitive com.google.protobuf;

    exports io.kryla.v1;
}

package io.kryla.ground.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.v1.LeafProof;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FlightProofFileProperties {
    private static final String HEADER = "c2sp.org/tlog-proof@v1\n";

    @Property(tries = 200, seed = "41")
    void whatWasEncodedIsDecoded(@ForAll @Size(max = 500) byte[] leaf) {
        LeafProof proof = LeafProof.newBuilder()
                .setLeaf(ByteString.copyFrom(leaf))
                .setTlogProof(ByteString.copyFromUtf8(HEADER + "index 3\n\nnote\n"))
                .build();
        byte[] file = FlightProofFile.encode(proof);
        assertThat(new String(file, StandardCharsets.UTF_8)).startsWith(HEADER + "extra ");
        assertThat(FlightProofFile.decode(file)).contains(proof);
    }

    @Property(tries = 500, seed = "42")
    void anyBytesAreDecodedOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
        byte[] prefixed = (HEADER + "extra " + new String(bytes, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        FlightProofFile.decode(bytes)
                .ifPresent(proof -> assertThat(FlightProofFile.encode(proof)).isEqualTo(bytes));
        FlightProofFile.decode(prefixed)
                .ifPresent(proof -> assertThat(FlightProofFile.encode(proof)).isEqualTo(prefixed));
    }
}

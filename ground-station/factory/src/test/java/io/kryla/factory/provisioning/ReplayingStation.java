package io.kryla.factory.provisioning;

import io.kryla.airframe.provisioning.StationLink;
import io.kryla.identity.CertificateChain;
import io.kryla.keys.KrylaException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Says again what a station said to another airframe, one message changed. */
final class ReplayingStation implements StationLink {
    private final CertificateChain chain;
    private final Queue<byte[]> script = new ArrayDeque<>();

    ReplayingStation(CertificateChain chain, List<byte[]> said, int place, byte[] changed) {
        this.chain = chain;
        for (int i = 0; i < said.size(); i++) {
            script.add(i == place ? changed : said.get(i));
        }
    }

    @Override
    public CertificateChain peerChain() {
        return chain;
    }

    @Override
    public void send(byte[] message) {
        // Nobody listens.
    }

    @Override
    public byte[] receive(Duration wall) {
        byte[] next = script.poll();
        if (next == null) {
            throw new KrylaException("CHANNEL_CLOSED", "nothing more to say", true);
        }
        return next;
    }
}

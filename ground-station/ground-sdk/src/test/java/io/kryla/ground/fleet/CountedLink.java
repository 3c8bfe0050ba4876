package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.link.DatagramLink;
import io.kryla.link.LinkPace;
import java.time.Duration;

/** A path of a given pace that counts what it is given, and takes nothing that is longer than it carries. */
final class CountedLink implements DatagramLink {
    private final DatagramLink path;
    private final LinkPace pace;
    private long bytes;

    CountedLink(DatagramLink path, LinkPace pace) {
        this.path = path;
        this.pace = pace;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void send(byte[] datagram) {
        assertThat(datagram.length).isLessThanOrEqualTo(pace.datagramBytes());
        bytes += datagram.length;
        path.send(datagram);
    }

    @Override
    public int receive(byte[] into, Duration timeout) {
        return path.receive(into, timeout);
    }

    @Override
    public int poll(byte[] into) {
        return path.poll(into);
    }

    @Override
    public LinkPace pace() {
        return pace;
    }

    @Override
    public void wakeup() {
        path.wakeup();
    }

    @Override
    public void close() {
        path.close();
    }
}

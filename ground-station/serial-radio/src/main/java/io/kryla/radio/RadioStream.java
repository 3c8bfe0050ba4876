package io.kryla.radio;

import io.kryla.link.ByteStream;
import io.kryla.radio.stream.LineStream;
import java.io.IOException;
import java.io.InterruptedIOException;

/** A stream of a {@link SerialRadio}; waits where the pure machine says "nothing yet". */
final class RadioStream implements ByteStream {
    private final SerialRadio radio;
    private final LineStream stream;

    RadioStream(SerialRadio radio, LineStream stream) {
        this.radio = radio;
        this.stream = stream;
    }

    @Override
    public int read(byte[] into) throws IOException {
        radio.lock().lock();
        try {
            while (true) {
                failIfClosed();
                int count = stream.read(into);
                if (count != 0 || into.length == 0) {
                    radio.somethingToSend();
                    return count;
                }
                failIfBroken();
                radio.changed().await();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            radio.lock().unlock();
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        radio.lock().lock();
        try {
            int written = 0;
            while (true) {
                failIfClosed();
                failIfBroken();
                written += stream.write(bytes, written, bytes.length - written);
                radio.somethingToSend();
                if (written == bytes.length) {
                    return;
                }
                radio.changed().await();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            radio.lock().unlock();
        }
    }

    @Override
    public boolean hasInput() {
        radio.lock().lock();
        try {
            return stream.readable() || stream.closed() || stream.fault().isPresent();
        } finally {
            radio.lock().unlock();
        }
    }

    @Override
    public String peer() {
        return radio.name();
    }

    @Override
    public void close() {
        radio.lock().lock();
        try {
            stream.close(radio.nowNanos());
            radio.somethingToSend();
        } finally {
            radio.lock().unlock();
        }
    }

    private void failIfClosed() throws IOException {
        if (stream.closed()) {
            throw new IOException("the stream over " + radio.name() + " was closed here");
        }
    }

    private void failIfBroken() throws RadioStreamException {
        if (stream.fault().isPresent()) {
            throw new RadioStreamException(stream.fault().get(), radio.name());
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for the line");
    }
}

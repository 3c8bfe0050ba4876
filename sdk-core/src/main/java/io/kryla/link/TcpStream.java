package io.kryla.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A TCP connection. */
public final class TcpStream implements ByteStream {
    private final Socket socket;

    private TcpStream(Socket socket) {
        this.socket = socket;
    }

    /** Connects, waiting no longer than the time-out. */
    public static TcpStream connect(InetSocketAddress peer, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(peer, (int) timeout.toMillis());
            socket.setTcpNoDelay(true);
            return new TcpStream(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public InetAddress peerAddress() {
        return socket.getInetAddress();
    }

    @Override
    public int read(byte[] into) throws IOException {
        return socket.getInputStream().read(into);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    @Override
    public boolean hasInput() {
        try {
            return socket.isClosed() || socket.getInputStream().available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public String peer() {
        return socket.getInetAddress().getHostAddress() + ":" + socket.getPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The stream is given up; there is nobody left to tell.
        }
    }
}

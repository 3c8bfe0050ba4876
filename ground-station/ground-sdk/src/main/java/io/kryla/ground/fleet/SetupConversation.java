package io.kryla.ground.fleet;

import io.kryla.ground.link.DatagramEnd;
import io.kryla.ground.link.SecurePeer;
import io.kryla.ground.link.SecurePeerHandler;
import io.kryla.session.GroundSetup;
import io.kryla.session.SessionTerms;
import io.kryla.session.SetupStep;
import io.kryla.v1.Hello;
import io.kryla.v1.SessionMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Session set-up with one airframe over TLS (protocol.md §4); afterwards the connection only shows that both live. */
final class SetupConversation implements SecurePeerHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SetupConversation.class);

    private final SessionDesk desk;
    private final DatagramEnd end;
    private final int sessionId;
    private final GroundSetup setup;
    private @Nullable AdmittedAirframe admitted;
    private @Nullable AirframeSession session;
    private volatile boolean established;

    /** @param end where the session's datagrams will come and go */
    SetupConversation(SessionDesk desk, SecurePeer peer, DatagramEnd end) {
        this.desk = desk;
        this.end = end;
        this.sessionId = desk.reserveSessionId();
        this.setup = desk.newSetup(hello -> admit(peer, hello), sessionId);
    }

    private GroundSetup.Answer admit(SecurePeer peer, Hello hello) {
        AirframeAdmission.Verdict verdict = desk.admission().judge(peer.chain(), hello);
        if (verdict instanceof AirframeAdmission.Verdict.Denied denied) {
            return new GroundSetup.Answer.Deny(denied.code(), denied.reason());
        }
        AdmittedAirframe airframe = ((AirframeAdmission.Verdict.Admitted) verdict).airframe();
        admitted = airframe;
        return new GroundSetup.Answer.Admit(desk.terms(airframe));
    }

    @Override
    public void onMessage(SecurePeer peer, byte[] message) {
        if (session != null) {
            LOG.info("{} sent a message after set-up; its session ends", peer.remoteAddress());
            peer.close();
            return;
        }
        SetupStep step = setup.receive(message);
        if (step instanceof SetupStep.Send send) {
            sendAll(peer, send.messages());
        } else if (step instanceof SetupStep.Established up) {
            establish(peer, up.terms());
            sendAll(peer, up.messages());
        } else {
            SetupStep.Refused refused = (SetupStep.Refused) step;
            LOG.info("set-up with {} ended: {}: {}", peer.remoteAddress(), refused.code(), refused.detail());
            desk.refused(refused.byPeer() ? GroundStation.REFUSED_BY_AIRFRAME : refused.code());
            sendAll(peer, refused.notice());
            peer.close();
        }
    }

    private void establish(SecurePeer peer, SessionTerms terms) {
        AdmittedAirframe airframe = admitted;
        if (airframe == null) {
            throw new IllegalStateException("set-up cannot end before its Hello was admitted");
        }
        established = true;
        session = desk.establish(airframe, peer, end, terms, sessionId);
    }

    /** Ends a set-up that takes too long. */
    void expire(SecurePeer peer) {
        if (!established) {
            desk.refused("SETUP_TIME");
            peer.close();
        }
    }

    private static void sendAll(SecurePeer peer, List<SessionMessage> messages) {
        messages.forEach(message -> peer.send(message.toByteArray()));
    }

    @Override
    public void onClosed(SecurePeer peer) {
        established = true;
        desk.release(sessionId, session);
    }
}

package io.kryla.session;

import io.kryla.v1.SessionMessage;
import java.util.List;

/** What to do after a message of session set-up. */
public sealed interface SetupStep {
    /** Send these, in this order; then set-up waits for the peer's next message. */
    record Send(List<SessionMessage> messages) implements SetupStep {
        public Send {
            messages = List.copyOf(messages);
        }
    }

    /** Send these, then the session stands. */
    record Established(List<SessionMessage> messages, SessionTerms terms) implements SetupStep {
        public Established {
            messages = List.copyOf(messages);
        }
    }

    /** Send {@code notice} if there is one, then close: no session. */
    record Refused(String code, String detail, List<SessionMessage> notice) implements SetupStep {
        public Refused {
            notice = List.copyOf(notice);
        }

        /** Whether the peer refused: code and detail are its own choice then, printable and short. */
        public boolean byPeer() {
            return notice.isEmpty();
        }
    }
}

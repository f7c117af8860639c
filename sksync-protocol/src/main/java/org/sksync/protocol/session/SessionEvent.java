package org.sksync.protocol.session;

import org.sksync.protocol.message.ChecksumChoice;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.protocol.message.Established;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileOffer;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.message.FileRequest;
import org.sksync.protocol.message.Greeting;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.ListingEnd;
import org.sksync.protocol.message.LoginChallenge;
import org.sksync.protocol.message.LoginConfirmation;
import org.sksync.protocol.message.LoginProof;
import org.sksync.protocol.message.LoginStart;
import org.sksync.protocol.message.OffersEnd;
import org.sksync.protocol.message.Refusal;
import org.sksync.protocol.message.RequestsEnd;
import org.sksync.protocol.message.ServerMessage;
import org.sksync.protocol.message.SyncRequest;

/** The kind of a message, as far as the order of a session is concerned; either side's, sent or received. */
public enum SessionEvent {
    LOGIN_START,
    LOGIN_CHALLENGE,
    LOGIN_PROOF,
    LOGIN_CONFIRMATION,
    REFUSAL,
    GREETING,
    ESTABLISHED,
    SYNC_REQUEST,
    CHECKSUM_CHOICE,
    LISTED_FILE,
    LISTING_END,
    FILE_REQUEST,
    FILE_REPLY,
    REQUESTS_END,
    FILE_OFFER,
    FILE_CONTENT,
    FILE_END,
    OFFERS_END;

    private static final ClientMessage.Visitor<SessionEvent, RuntimeException> OF_CLIENT =
            new ClientMessage.Visitor<>() {
                @Override
                public SessionEvent visit(LoginStart message) {
                    return LOGIN_START;
                }

                @Override
                public SessionEvent visit(LoginProof message) {
                    return LOGIN_PROOF;
                }

                @Override
                public SessionEvent visit(Greeting message) {
                    return GREETING;
                }

                @Override
                public SessionEvent visit(SyncRequest message) {
                    return SYNC_REQUEST;
                }

                @Override
                public SessionEvent visit(ListedFile message) {
                    return LISTED_FILE;
                }

                @Override
                public SessionEvent visit(ListingEnd message) {
                    return LISTING_END;
                }

                @Override
                public SessionEvent visit(FileReply message) {
                    return FILE_REPLY;
                }

                @Override
                public SessionEvent visit(FileContent message) {
                    return FILE_CONTENT;
                }

                @Override
                public SessionEvent visit(FileEnd message) {
                    return FILE_END;
                }
            };

    private static final ServerMessage.Visitor<SessionEvent, RuntimeException> OF_SERVER =
            new ServerMessage.Visitor<>() {
                @Override
                public SessionEvent visit(LoginChallenge message) {
                    return LOGIN_CHALLENGE;
                }

                @Override
                public SessionEvent visit(LoginConfirmation message) {
                    return LOGIN_CONFIRMATION;
                }

                @Override
                public SessionEvent visit(Refusal message) {
                    return REFUSAL;
                }

                @Override
                public SessionEvent visit(Established message) {
                    return ESTABLISHED;
                }

                @Override
                public SessionEvent visit(ChecksumChoice message) {
                    return CHECKSUM_CHOICE;
                }

                @Override
                public SessionEvent visit(FileRequest message) {
                    return FILE_REQUEST;
                }

                @Override
                public SessionEvent visit(RequestsEnd message) {
                    return REQUESTS_END;
                }

                @Override
                public SessionEvent visit(FileOffer message) {
                    return FILE_OFFER;
                }

                @Override
                public SessionEvent visit(FileContent message) {
                    return FILE_CONTENT;
                }

                @Override
                public SessionEvent visit(FileEnd message) {
                    return FILE_END;
                }

                @Override
                public SessionEvent visit(OffersEnd message) {
                    return OFFERS_END;
                }
            };

    /** Returns the kind of a client's message. */
    public static SessionEvent of(ClientMessage message) {
        return message.accept(OF_CLIENT);
    }

    /** Returns the kind of a server's message. */
    public static SessionEvent of(ServerMessage message) {
        return message.accept(OF_SERVER);
    }
}

package org.sksync.protocol.message;

/** A message that a server sends. */
public sealed interface ServerMessage
        permits LoginChallenge,
                LoginConfirmation,
                Refusal,
                Established,
                ChecksumChoice,
                FileRequest,
                RequestsEnd,
                FileOffer,
                FileContent,
                FileEnd,
                OffersEnd {

    /** Calls the visitor's method for this message's type. */
    <R> R accept(Visitor<R> visitor);

    /** One method for each type of message; the return type is the caller's. */
    interface Visitor<R> {
        R visit(LoginChallenge message);

        R visit(LoginConfirmation message);

        R visit(Refusal message);

        R visit(Established message);

        R visit(ChecksumChoice message);

        R visit(FileRequest message);

        R visit(RequestsEnd message);

        R visit(FileOffer message);

        R visit(FileContent message);

        R visit(FileEnd message);

        R visit(OffersEnd message);
    }
}

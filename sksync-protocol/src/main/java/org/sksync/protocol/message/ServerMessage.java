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

    /** Calls the visitor's method for this message's type; throws what that throws. */
    <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E;

    /**
     * One method for each type of message.
     *
     * @param <R> what the methods return
     * @param <E> what they may throw
     */
    interface Visitor<R, E extends Exception> {
        R visit(LoginChallenge message) throws E;

        R visit(LoginConfirmation message) throws E;

        R visit(Refusal message) throws E;

        R visit(Established message) throws E;

        R visit(ChecksumChoice message) throws E;

        R visit(FileRequest message) throws E;

        R visit(RequestsEnd message) throws E;

        R visit(FileOffer message) throws E;

        R visit(FileContent message) throws E;

        R visit(FileEnd message) throws E;

        R visit(OffersEnd message) throws E;
    }
}

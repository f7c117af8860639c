package org.sksync.protocol.message;

/** A message that a client sends. */
public sealed interface ClientMessage
        permits LoginStart, LoginProof, Greeting, SyncRequest, ListedFile, ListingEnd, FileReply, FileContent, FileEnd {

    /** Calls the visitor's method for this message's type; throws what that throws. */
    <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E;

    /**
     * One method for each type of message.
     *
     * @param <R> what the methods return
     * @param <E> what they may throw
     */
    interface Visitor<R, E extends Exception> {
        R visit(LoginStart message) throws E;

        R visit(LoginProof message) throws E;

        R visit(Greeting message) throws E;

        R visit(SyncRequest message) throws E;

        R visit(ListedFile message) throws E;

        R visit(ListingEnd message) throws E;

        R visit(FileReply message) throws E;

        R visit(FileContent message) throws E;

        R visit(FileEnd message) throws E;
    }
}

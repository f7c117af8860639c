package org.sksync.protocol.message;

/** A message that a client sends. */
public sealed interface ClientMessage
        permits LoginStart, LoginProof, Greeting, SyncRequest, ListedFile, ListingEnd, FileReply, FileContent, FileEnd {

    /** Calls the visitor's method for this message's type. */
    <R> R accept(Visitor<R> visitor);

    /** One method for each type of message; the return type is the caller's. */
    interface Visitor<R> {
        R visit(LoginStart message);

        R visit(LoginProof message);

        R visit(Greeting message);

        R visit(SyncRequest message);

        R visit(ListedFile message);

        R visit(ListingEnd message);

        R visit(FileReply message);

        R visit(FileContent message);

        R visit(FileEnd message);
    }
}

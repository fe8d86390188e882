package io.filejob.storage.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks up the addresses of a host name. Safe to use from any thread. */
@FunctionalInterface
public interface NameLookup {
    /** Returns all addresses of {@code host}, a name or an address, at least one. */
    InetAddress[] addresses(String host) throws UnknownHostException;
}

package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.util.List;

/** Verifies RFC 6962 proofs by the algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2. Never throws on hostile proofs. */
public final class MerkleProofs {
    private MerkleProofs() {}

    /** True only if the leaf is number {@code index} of the tree of that size and root. */
    public static boolean verifyInclusion(Digest leafHash, long index, long size, List<Digest> proof, Digest root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        Digest r = leafHash;
        for (Digest p : proof) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = MerkleHash.node(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = MerkleHash.node(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && r.equals(root);
    }

    /** True only if the tree of size {@code from} is the beginning of the tree of size {@code to}. */
    public static boolean verifyConsistency(long from, Digest fromRoot, long to, Digest toRoot, List<Digest> proof) {
        if (from < 0 || to < from) {
            return false;
        }
        if (from == to) {
            return proof.isEmpty() && fromRoot.equals(toRoot);
        }
        if (from == 0) {
            return proof.isEmpty() && fromRoot.equals(MerkleHash.EMPTY_ROOT);
        }
        boolean startsPerfect = Long.bitCount(from) == 1;
        if (proof.isEmpty() && !startsPerfect) {
            return false;
        }
        return foldConsistency(from, fromRoot, to, toRoot, proof, startsPerfect);
    }

    private static boolean foldConsistency(
            long from, Digest fromRoot, long to, Digest toRoot, List<Digest> proof, boolean startsPerfect) {
        int trailingOnes = Long.numberOfTrailingZeros(~(from - 1));
        long fn = (from - 1) >> trailingOnes;
        long sn = (to - 1) >> trailingOnes;
        Digest fr = startsPerfect ? fromRoot : proof.get(0);
        Digest sr = fr;
        for (Digest c : startsPerfect ? proof : proof.subList(1, proof.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = MerkleHash.node(c, fr);
                sr = MerkleHash.node(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = MerkleHash.node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr.equals(fromRoot) && sr.equals(toRoot);
    }
}

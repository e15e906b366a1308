package dev.pgbraid.router.lexer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// A fixed set of ASCII words that are found in a text, in upper or lower case, without making a string of it.
public final class WordTable {
    private final List<String> words;
    private final byte[][] folded;
    private final int lengthMax;
    /// Numbers of words by hash, at least three quarters of them [#none].
    private final short[] slots;

    /// Takes words in lower case; each has the number of its place.
    public WordTable(Collection<String> words) {
        this.words = List.copyOf(words);
        this.folded = words.stream()
                .map(word -> word.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        this.lengthMax = words.stream().mapToInt(String::length).max().orElse(0);
        this.slots = new short[Integer.highestOneBit(words.size() + 1) * 8];
        Arrays.fill(slots, (short) none());
        for (int number = 0; number < folded.length; number++) {
            int slot = slot(folded[number], 0, folded[number].length);
            while (slots[slot] != none()) {
                slot = next(slot);
            }
            slots[slot] = (short) number;
        }
    }

    /// What stands for a word that is not here.
    public int none() {
        return folded.length;
    }

    /// The number of the word that is written in a part of `text`.
    public int find(byte[] text, int start, int end) {
        if (end - start > lengthMax) {
            return none();
        }
        int slot = slot(text, start, end);
        while (slots[slot] != none() && !isWritten(folded[slots[slot]], text, start, end)) {
            slot = next(slot);
        }
        return slots[slot];
    }

    public int find(String word) {
        byte[] text = word.getBytes(StandardCharsets.UTF_8);
        return find(text, 0, text.length);
    }

    /// The word of a number, or nothing for [#none].
    public String word(int number) {
        return number == none() ? "" : words.get(number);
    }

    private static boolean isWritten(byte[] word, byte[] text, int start, int end) {
        if (word.length != end - start) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (Characters.fold(text[start + i]) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private int slot(byte[] text, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + Characters.fold(text[i]);
        }
        return (hash ^ hash >>> 12) & (slots.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }
}

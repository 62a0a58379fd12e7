package io.holdfast.interceptors.jdbc;

/** Texts that are keys in tables. */
public final class Keys {
    private Keys() {}

    /** Whether every database keeps it as it is and apart from others. Some collations take no notice of outer spaces. */
    public static boolean isSound(String key, int longest) {
        return !key.isEmpty()
                && key.length() <= longest
                && key.equals(key.strip())
                && key.chars().noneMatch(Character::isISOControl);
    }
}

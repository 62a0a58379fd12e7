package io.holdfast.interceptors.jdbc;

/** Texts that are keys in tables. */
public final class Keys {
    private Keys() {}

    /** Whether every database keeps it as it is and apart from others. Some collations take no notice of outer spaces. */
    public static boolean isSound(String key, int longest) {
        return !key.isEmpty() && key.length() <= longest && key.equals(key.strip()) && !hasControl(key);
    }

    /** Without a stream: it is asked several times in each transaction. */
    private static boolean hasControl(String key) {
        for (int index = 0; index < key.length(); index++) {
            if (Character.isISOControl(key.charAt(index))) {
                return true;
            }
        }
        return false;
    }
}

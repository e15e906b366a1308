package dev.pgbraid.proxy.login;

import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.MacSpi;

/// Writes down what is hashed while it is in place: the algorithm and how many bytes.
final class RecordingProvider extends Provider implements AutoCloseable {
    @Serial
    private static final long serialVersionUID = 1;

    private static final String NAME = "Recording";
    private static final List<String> RECORDS = new ArrayList<>();

    RecordingProvider() {
        super(NAME, "1", "writes down what is hashed");
        put("MessageDigest.MD5", Md5Recorder.class.getName());
        put("MessageDigest.SHA-256", Sha256Recorder.class.getName());
        put("Mac.HmacSHA256", HmacRecorder.class.getName());
        RECORDS.clear();
        Security.insertProviderAt(this, 1);
    }

    /// What has been hashed since the last time.
    List<String> take() {
        List<String> taken = List.copyOf(RECORDS);
        RECORDS.clear();
        return taken;
    }

    @Override
    public void close() {
        Security.removeProvider(NAME);
    }

    public static class DigestRecorder extends MessageDigestSpi {
        private final MessageDigest digest;
        private int bytes;

        DigestRecorder(String algorithm) throws GeneralSecurityException {
            digest = MessageDigest.getInstance(algorithm, "SUN");
        }

        @Override
        protected void engineUpdate(byte input) {
            digest.update(input);
            bytes++;
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            digest.update(input, offset, length);
            bytes += length;
        }

        @Override
        protected byte[] engineDigest() {
            RECORDS.add(digest.getAlgorithm() + " of " + bytes);
            bytes = 0;
            return digest.digest();
        }

        @Override
        protected void engineReset() {
            digest.reset();
            bytes = 0;
        }
    }

    public static final class Md5Recorder extends DigestRecorder {
        public Md5Recorder() throws GeneralSecurityException {
            super("MD5");
        }
    }

    public static final class Sha256Recorder extends DigestRecorder {
        public Sha256Recorder() throws GeneralSecurityException {
            super("SHA-256");
        }
    }

    public static final class HmacRecorder extends MacSpi {
        private final Mac mac;
        private int bytes;

        public HmacRecorder() throws GeneralSecurityException {
            mac = Mac.getInstance("HmacSHA256", "SunJCE");
        }

        @Override
        protected int engineGetMacLength() {
            return mac.getMacLength();
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            mac.init(key, parameters);
        }

        @Override
        protected void engineUpdate(byte input) {
            mac.update(input);
            bytes++;
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            mac.update(input, offset, length);
            bytes += length;
        }

        @Override
        protected byte[] engineDoFinal() {
            RECORDS.add("HMAC of " + bytes);
            bytes = 0;
            return mac.doFinal();
        }

        @Override
        protected void engineReset() {
            mac.reset();
            bytes = 0;
        }
    }
}

package headway.io.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import headway.io.ConfigException;
import headway.io.HubCache;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pulling from a server that speaks the hub's HTTP.
@Timeout(60)
class HubTest {
    @TempDir
    private Path cache;

    private final HubServer server = new HubServer();
    private byte[] weights;

    @BeforeEach
    void model() {
        weights = new byte[300_000];
        new Random(1).nextBytes(weights);
        server.file("config.json", "{\"model_type\": \"gpt2\"}");
        server.file("1_Pooling/config.json", "{}");
        server.files.put("model.safetensors", weights);
        server.file("pytorch_model.bin", "never");
        server.file("onnx/config.json", "{}");
        server.file("README.md", "hello");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Hub hub(String token) {
        return new Hub(new HubSettings(server.address(), cache, Optional.ofNullable(token), HubSettings.Access.ONLINE));
    }

    private Hub.Pulled pull() {
        return hub(null).pull(HubName.of("org/name"), HubPatterns.READABLE, HubProgress.NONE);
    }

    @Test
    void theCacheIsLaidOutAsPythonsLibraryDoes() throws IOException {
        var pulled = pull();
        assertThat(pulled.files()).containsExactly("config.json", "1_Pooling/config.json", "model.safetensors");
        assertThat(pulled.bytes()).isEqualTo(pulled.fetched()).isEqualTo(weights.length + 22 + 2);
        Path model = cache.resolve("models--org--name");
        Path snapshot = model.resolve("snapshots").resolve(HubServer.COMMIT);
        assertThat(pulled.folder()).isEqualTo(snapshot);
        assertThat(model.resolve("refs/main")).hasContent(HubServer.COMMIT);
        Path blob = model.resolve("blobs").resolve(HubServer.hash("SHA-256", weights));
        assertThat(blob).hasBinaryContent(weights);
        assertThat(Files.readSymbolicLink(snapshot.resolve("model.safetensors")))
                .isEqualTo(Path.of("../../blobs").resolve(blob.getFileName()));
        assertThat(Files.readSymbolicLink(snapshot.resolve("1_Pooling/config.json"))
                        .toString())
                .startsWith("../../../blobs/");
        assertThat(snapshot.resolve("pytorch_model.bin")).doesNotExist();
        assertThat(cache.resolve(".locks/models--org--name")).isDirectoryContaining("glob:**.lock");
        assertThat(cache.resolve("CACHEDIR.TAG")).exists();
        assertThat(HubCache.at(cache).resolve("org/name")).isEqualTo(snapshot);
    }

    @Test
    void whatIsHereIsNotFetchedAgain() {
        pull();
        server.requests.clear();
        var again = pull();
        assertThat(again.fetched()).isZero();
        assertThat(server.requests).containsExactly("LIST /api/models/org/name/revision/main");
        server.requests.clear();
        assertThat(hub(null).locate("org/name", HubProgress.NONE)).isEqualTo(again.folder());
        assertThat(server.requests).isEmpty();
    }

    @Test
    void brokenDownloadsGoOnWhereTheyBroke() throws IOException {
        server.breakAfter = 100_000;
        server.breaks.set(4);
        var received = new AtomicLong();
        var pulled = hub(null)
                .pull(HubName.of("org/name"), new HubPatterns(List.of("*.safetensors"), List.of()), new HubProgress() {
                    @Override
                    public void received(String file, long bytes) {
                        received.addAndGet(bytes);
                    }
                });
        assertThat(pulled.folder().resolve("model.safetensors")).hasBinaryContent(weights);
        assertThat(received.get()).isEqualTo(weights.length);
        List<Long> offsets = offsets();
        // Of what a broken connection sent, some may be lost; no try begins before the one that went on.
        assertThat(offsets).isNotEmpty().isSorted();
        assertThat(offsets.getFirst()).isBetween(1L, 100_000L);
    }

    /// Where the tries that went on began.
    private List<Long> offsets() {
        return server.requests.stream()
                .filter(request -> request.startsWith("RANGE bytes="))
                .map(request -> Long.parseLong(request.replaceAll("\\D", "")))
                .toList();
    }

    @Test
    void downloadsThatBreakAgainAndAgainAreKeptForLater() throws IOException {
        server.breakAfter = 1000;
        server.breaks.set(6);
        assertThatThrownBy(this::pullWeights)
                .isInstanceOf(HubException.class)
                .hasMessageContaining("[hub] org/name: file model.safetensors broke off 6 times")
                .hasMessageContaining("what arrived is kept, call again to go on");
        Path incomplete =
                cache.resolve("models--org--name/blobs/" + HubServer.hash("SHA-256", weights) + ".incomplete");
        long arrived = Files.size(incomplete);
        assertThat(arrived).isBetween(1L, 6000L);
        assertThat(cache.resolve("models--org--name/refs/main")).doesNotExist();
        server.requests.clear();
        pullWeights();
        assertThat(server.requests).contains("RANGE bytes=" + arrived + "-");
        assertThat(incomplete).doesNotExist();
    }

    private Hub.Pulled pullWeights() {
        return hub(null)
                .pull(HubName.of("org/name"), new HubPatterns(List.of("*.safetensors"), List.of()), HubProgress.NONE);
    }

    /// The same with files in pieces of 20,000 bytes.
    private Hub.Pulled pullInPieces(HubProgress progress) {
        var settings = new HubSettings(server.address(), cache, Optional.empty(), HubSettings.Access.ONLINE);
        return new Hub(settings, 20_000)
                .pull(HubName.of("org/name"), new HubPatterns(List.of("*.safetensors"), List.of()), progress);
    }

    private Path incomplete() {
        return cache.resolve("models--org--name/blobs/" + HubServer.hash("SHA-256", weights) + ".incomplete");
    }

    @Test
    void aLargeFileComesOverSeveralConnections() {
        server.pauseMillis = 20;
        server.breakAfter = 7000;
        server.breaks.set(5);
        var received = new AtomicLong();
        var pulled = pullInPieces(new HubProgress() {
            @Override
            public void received(String file, long bytes) {
                received.addAndGet(bytes);
            }
        });
        assertThat(pulled.folder().resolve("model.safetensors")).hasBinaryContent(weights);
        assertThat(received.get()).isEqualTo(weights.length);
        assertThat(server.most.get()).isBetween(2, ParallelRanges.CONNECTIONS);
        assertThat(server.requests).contains("RANGE bytes=0-19999", "RANGE bytes=280000-299999");
    }

    @Test
    void piecesGoOnWhereACallWasInterruptedAndLeaveABeginning() throws IOException {
        assertThatThrownBy(() -> pullInPieces(new HubProgress() {
                    long all;

                    @Override
                    public void received(String file, long bytes) {
                        all += bytes;
                        if (all > 100_000) {
                            throw new IllegalStateException("stopped");
                        }
                    }
                }))
                .hasMessageContaining("stopped");
        byte[] kept = Files.readAllBytes(incomplete());
        assertThat(kept).isEqualTo(java.util.Arrays.copyOf(weights, 120_000));
        server.requests.clear();
        assertThat(pullInPieces(HubProgress.NONE).folder().resolve("model.safetensors"))
                .hasBinaryContent(weights);
        assertThat(server.requests).contains("RANGE bytes=120000-139999").doesNotContain("RANGE bytes=0-19999");
    }

    @Test
    void aServerWithoutRangesSendsALargeFileAsAWhole() {
        server.ranges = false;
        assertThat(pullInPieces(HubProgress.NONE).folder().resolve("model.safetensors"))
                .hasBinaryContent(weights);
    }

    @Test
    void aFullDiskIsSaidAtOnceAndWhatArrivedIsGoneOnWith() throws IOException {
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(full), "this system has no device that is always full");
        Files.createDirectories(incomplete().getParent());
        for (boolean pieces : new boolean[] {false, true}) {
            Files.createSymbolicLink(incomplete(), full);
            assertThatThrownBy(() -> {
                        if (pieces) {
                            pullInPieces(HubProgress.NONE);
                        } else {
                            pullWeights();
                        }
                    })
                    .isInstanceOf(HubException.class)
                    .hasMessageContaining("[hub] org/name: the cache cannot be written")
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("make room and call again to go on");
            Files.delete(incomplete());
        }
        // Room was made; the beginning that had arrived is on the disk.
        Files.write(incomplete(), java.util.Arrays.copyOf(weights, 150_000));
        server.requests.clear();
        assertThat(pullWeights().folder().resolve("model.safetensors")).hasBinaryContent(weights);
        assertThat(server.requests).contains("RANGE bytes=150000-");
    }

    @Test
    void serversWithoutRangesSendAllAgain() {
        server.ranges = false;
        server.breakAfter = 50_000;
        server.breaks.set(2);
        assertThat(pullWeights().folder().resolve("model.safetensors")).hasBinaryContent(weights);
    }

    @Test
    void wrongHashesAreThrownAway() {
        server.wrongHash = true;
        assertThatThrownBy(this::pullWeights)
                .isInstanceOf(HubException.class)
                .hasMessageContaining("file model.safetensors arrived with hash " + HubServer.hash("SHA-256", weights))
                .hasMessageContaining("expected " + "0".repeat(64))
                .hasMessageContaining("it was thrown away");
        assertThat(cache.resolve("models--org--name/blobs")).isEmptyDirectory();
    }

    @Test
    void damagedPartsAreThrownAwayToo() throws IOException {
        Path blobs = Files.createDirectories(cache.resolve("models--org--name/blobs"));
        Files.write(blobs.resolve(HubServer.hash("SHA-256", weights) + ".incomplete"), new byte[1000]);
        assertThatThrownBy(this::pullWeights).hasMessageContaining("it was thrown away, call again");
        assertThat(pullWeights().folder().resolve("model.safetensors")).hasBinaryContent(weights);
    }

    @Test
    void theTokenGoesToTheHubAlone() {
        server.requiredToken = "secret";
        assertThatThrownBy(this::pull).hasMessageContaining("or it is private; check the name, or set HF_TOKEN");
        hub("secret").pull(HubName.of("org/name"), HubPatterns.READABLE, HubProgress.NONE);
        assertThat(server.tokensAtStore).containsEntry("token", "null");
        assertThatThrownBy(() -> hub("wrong").pull(HubName.of("org/name@v2"), HubPatterns.READABLE, HubProgress.NONE))
                .hasMessageContaining("or whether HF_TOKEN may read it")
                .hasMessageNotContaining("wrong");
    }

    @ParameterizedTest
    @CsvSource({
        "403, GatedRepo, access is restricted; ask for it on",
        "403, '', access is restricted",
        "404, RepoNotFound, there is no such model on",
        "404, RevisionNotFound, the model has no revision 'main'",
        "404, '', not found on",
        "418, '', the hub answered 418"
    })
    void refusalsSayWhatToDo(int status, String code, String text) {
        server.errorStatus = status;
        server.errorCode = code;
        assertThatThrownBy(this::pull)
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith("[hub] org/name: ")
                .hasMessageContaining(text);
    }

    @Test
    void hubsThatCannotBeReachedAreNamed() {
        var nowhere = new Hub(
                new HubSettings(URI.create("http://127.0.0.1:1"), cache, Optional.empty(), HubSettings.Access.ONLINE));
        assertThatThrownBy(() -> nowhere.locate("org/name", HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("[model] 'org/name' is no folder here, nor a model in the cache")
                .hasMessageContaining("http://127.0.0.1:1 cannot be reached");
        var offline = new Hub(new HubSettings(server.address(), cache, Optional.empty(), HubSettings.Access.OFFLINE));
        assertThatThrownBy(() -> offline.locate("org/name", HubProgress.NONE)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> offline.pull(HubName.of("org/name"), HubPatterns.READABLE, HubProgress.NONE))
                .hasMessage("[hub] org/name: HF_HUB_OFFLINE is set, so nothing is fetched");
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../evil.json",
                "/etc/evil.json",
                "a/../../evil.json",
                "a//b.json",
                "./x.json",
                "a\\\\..\\\\b.json",
                "c:x.json"
            })
    void pathsThatLeadOutOfTheCacheAreRefused(String path) {
        server.file(path, "{}");
        assertThatThrownBy(this::pull)
                .isInstanceOf(HubException.class)
                .hasMessageContaining("which would lead out of the cache; nothing was written");
        assertThat(cache).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x", "org/..", "a/b/c", "org/name@../x", "org/name@a/../b", "", "org/na me", "..", "org/name@"
            })
    void namesThatLeadOutOfTheCacheAreRefused(String name) {
        assertThatThrownBy(() -> HubName.of(name))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("is no hub name");
        assertThatThrownBy(() -> hub(null).store().remove(name)).isInstanceOf(HubException.class);
    }

    @Test
    void twoPullsAtOnceFetchOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = threads.invokeAll(
                    java.util.Collections.nCopies(4, (java.util.concurrent.Callable<Hub.Pulled>) this::pullWeights));
            long fetched = 0;
            for (var one : all) {
                fetched += one.get().fetched();
            }
            assertThat(fetched).isEqualTo(weights.length);
        }
    }

    /// The lock is the one that Python's library takes: `flock`.
    @Test
    void locksHoldBetweenProcesses() throws Exception {
        assumeTrue(File.separatorChar == '/' && Files.exists(Path.of("/usr/bin/flock")), "needs the command flock");
        Path file = cache.resolve("a.lock");
        var lock = FileLock.take(file, () -> {});
        assertThat(new ProcessBuilder("flock", "-n", file.toString(), "true")
                        .start()
                        .waitFor())
                .isNotZero();
        lock.close();
        assertThat(new ProcessBuilder("flock", "-n", file.toString(), "true")
                        .start()
                        .waitFor())
                .isZero();
        var other = new ProcessBuilder("flock", file.toString(), "sh", "-c", "echo; sleep 1").start();
        other.getInputStream().read();
        var waited = new CountDownLatch(1);
        FileLock.take(file, waited::countDown).close();
        assertThat(waited.await(0, TimeUnit.SECONDS)).isTrue();
        assertThat(other.waitFor()).isZero();
    }

    @Test
    void modelsAreListedAndRemoved() throws IOException {
        pull();
        hub(null).pull(HubName.of("org/name@v1.0"), HubPatterns.READABLE, HubProgress.NONE);
        var entries = hub(null).store().list();
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().name()).isEqualTo("org/name");
        assertThat(entries.getFirst().revisions()).containsExactly("main", "v1.0");
        assertThat(entries.getFirst().bytes()).isEqualTo(weights.length + 24);
        Path model = cache.resolve("models--org--name");
        // A second revision that shares one blob.
        Path second = Files.createDirectories(model.resolve("snapshots/" + "f".repeat(40)));
        Files.createSymbolicLink(
                second.resolve("model.safetensors"), Path.of("../../blobs/" + HubServer.hash("SHA-256", weights)));
        Files.writeString(model.resolve("refs/old"), "f".repeat(40));
        assertThat(hub(null).store().remove("org/name@main")).isPositive();
        assertThat(model.resolve("refs/main")).doesNotExist();
        assertThat(model.resolve("refs/v1.0")).doesNotExist();
        assertThat(second.resolve("model.safetensors")).hasBinaryContent(weights);
        assertThat(model.resolve("blobs")).isDirectoryContaining(f -> Files.exists(f));
        assertThatThrownBy(() -> hub(null).store().remove("org/name@main"))
                .hasMessageContaining("but not this revision; it has [old]");
        hub(null).store().remove("org/name");
        assertThat(model).doesNotExist();
        assertThatThrownBy(() -> hub(null).store().remove("org/name")).hasMessageContaining("is not in the cache");
        assertThat(hub(null).store().list()).isEmpty();
    }

    @Test
    void theEnvironmentIsHonoured() throws IOException {
        Files.writeString(cache.resolve("token"), " hf_file \n");
        var settings = HubSettings.of(
                Map.of("HF_HOME", cache.toString(), "HF_ENDPOINT", "http://mirror:8080/"), Path.of("/none"));
        assertThat(settings.endpoint()).hasToString("http://mirror:8080");
        assertThat(settings.cache()).isEqualTo(cache.resolve("hub"));
        assertThat(settings.token()).hasValue("hf_file");
        assertThat(settings.toString()).doesNotContain("hf_file");
        assertThat(HubSettings.of(Map.of("HF_TOKEN", "a", "HF_HUB_OFFLINE", "1"), cache)
                        .offline())
                .isEqualTo(HubSettings.Access.OFFLINE);
        assertThat(HubSettings.of(Map.of("HF_TOKEN", "a"), cache).token()).hasValue("a");
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", "nowhere"), cache))
                .hasMessageContaining("HF_ENDPOINT is 'nowhere'");
        assertThat(EnvironmentProxy.of(Map.of("HTTPS_PROXY", "http://proxy:3128", "no_proxy", "x.y,.internal"))
                        .select(URI.create("https://huggingface.co/a"))
                        .getFirst()
                        .address())
                .hasToString("proxy/<unresolved>:3128");
        assertThat(EnvironmentProxy.of(Map.of("https_proxy", "proxy:1", "NO_PROXY", ".internal"))
                        .select(URI.create("https://a.internal/")))
                .containsExactly(java.net.Proxy.NO_PROXY);
    }
}

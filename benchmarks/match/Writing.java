import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.document.Document;

/**
 * Reads while a second thread adds 1,000 entries a second and reopens the near-real-time reader four times a second: often enough for
 * "findable within a second", seldom enough not to make a segment of every few entries.
 */
final class Writing {
  private static final int PER_SECOND = 1_000;
  private static final int BATCH = 20;
  private static final double REOPEN_SECONDS = 0.25;
  private static final int KEPT = 10_000;

  private final LucenePeer peer;
  private final List<Reader.Entry> entries = new ArrayList<>();
  private final List<Double> findable = Collections.synchronizedList(new ArrayList<>());
  private volatile Exception failure;
  private final AtomicBoolean ended = new AtomicBoolean();

  Writing(LucenePeer peer, Path supplies) throws IOException {
    this.peer = peer;
    Reader.eachEntry(supplies, entry -> {
      if (entries.size() < KEPT) entries.add(entry);
    });
  }

  private void write() {
    double begun = Measure.now();
    double reopened = begun;
    List<Double> waiting = new ArrayList<>();
    try {
      for (int written = 0; !ended.get(); written += BATCH) {
        double due = begun + (double) written / PER_SECOND;
        double early = due - Measure.now();
        if (early > 0) Thread.sleep((long) (early * 1000));
        List<Document> batch = new ArrayList<>();
        for (int i = written; i < written + BATCH; ++i) batch.add(LucenePeer.document(entries.get(i % entries.size()), "w" + i));
        peer.add(batch);
        waiting.add(due);
        if (Measure.now() - reopened < REOPEN_SECONDS) continue;
        peer.reopen();
        reopened = Measure.now();
        for (double since : waiting) findable.add((reopened - since) * 1000);
        waiting.clear();
      }
    } catch (IOException | InterruptedException broken) {
      failure = broken;
    }
  }

  private List<Double> read(List<Reader.Query> queries, int k, double seconds) throws IOException {
    List<Double> times = new ArrayList<>();
    double begun = Measure.now();
    for (int i = 0; Measure.now() - begun < seconds || times.size() < queries.size() / 10; ++i) {
      double before = Measure.now();
      peer.search(queries.get(i % queries.size()), k, false);
      times.add((Measure.now() - before) * 1000);
    }
    return times;
  }

  void measure(String engine, List<Reader.Query> queries, double seconds) throws IOException, InterruptedException {
    List<Reader.Query> words = Measure.ofClass(queries, "words");
    List<Reader.Query> needs = Measure.ofClass(queries, "need");
    List<Double> quietWords = read(words, 10, seconds / 2);
    List<Double> quietNeeds = read(needs, 100, seconds / 2);
    Thread thread = new Thread(this::write);
    thread.start();
    List<Double> busyWords = read(words, 10, seconds / 2);
    List<Double> busyNeeds = read(needs, 100, seconds / 2);
    ended.set(true);
    thread.join();
    if (failure != null) throw new IOException(failure);
    System.out.printf(Locale.ROOT, "{\"engine\":\"%s\",\"writing\":true,\"written\":%d,\"findable_p50_ms\":%.3f,\"findable_p99_ms\":%.3f,\"words_quiet_p99_ms\":%.4f,"
            + "\"words_p99_ms\":%.4f,\"need_quiet_p99_ms\":%.4f,\"need_p99_ms\":%.4f}%n",
        engine, findable.size() * BATCH, Measure.percentile(findable, 0.5), Measure.percentile(findable, 0.99), Measure.percentile(quietWords, 0.99),
        Measure.percentile(busyWords, 0.99), Measure.percentile(quietNeeds, 0.99), Measure.percentile(busyNeeds, 0.99));
  }
}

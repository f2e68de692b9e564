import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What bench_run.h does for the other engines: the same lines, the same numbers of queries, the same limits of time. */
final class Measure {
  // A virtual machine compiles as it runs: it is given more to get warm than the programs that were compiled before.
  private static final int WARM_QUERIES = 1_000;
  private static final int RUN_DEPTH = 100;
  private static final double LINE_SECONDS_LEAST = 3; // as kLineSecondsLeast

  interface Search {
    List<String> find(Reader.Query query, int k, boolean filtered) throws IOException;
  }

  /** Seconds that a line may take, once so many queries are answered. */
  record Limits(double seconds, int least) {}

  record Built(String engine, double seconds, double megabytes) {}

  private Measure() {}

  static double now() {
    return System.nanoTime() / 1e9;
  }

  static double percentile(List<Double> times, double share) {
    if (times.isEmpty()) return 0;
    return times.stream().sorted().skip(Math.min(times.size() - 1, (long) (times.size() * share))).findFirst().orElseThrow();
  }

  /** Resident memory of the whole process, mapped index files included. */
  static double memoryMb() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) return Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e6;
    }
    return 0;
  }

  private static void line(Built built, List<Reader.Query> queries, int k, boolean filtered, Search search, Limits limits) throws IOException {
    double begun = now();
    for (int i = 0; i < WARM_QUERIES && now() - begun < limits.seconds() / 2; ++i) search.find(queries.get(i % queries.size()), k, filtered);
    List<Double> times = new ArrayList<>();
    List<Integer> ranks = new ArrayList<>();
    double gain = 0;
    double total = 0;
    begun = now();
    for (int i = 0; ; ++i) {
      if (i >= queries.size() && now() - begun > LINE_SECONDS_LEAST) break;
      if (times.size() >= limits.least() && now() - begun > limits.seconds()) break;
      Reader.Query query = queries.get(i % queries.size());
      double before = now();
      List<String> found = search.find(query, k, filtered);
      times.add((now() - before) * 1000);
      total += times.get(times.size() - 1);
      if (i >= queries.size()) continue;
      int rank = found.subList(0, Math.min(10, found.size())).indexOf(query.known()) + 1;
      ranks.add(rank);
      if (rank > 0) gain += Math.log(2) / Math.log(rank + 1);
    }
    System.out.printf(Locale.ROOT, "{\"engine\":\"%s\",\"class\":\"%s\",\"k\":%d,\"filter\":%b,\"queries\":%d,\"p50_ms\":%.4f,\"p99_ms\":%.4f,\"per_second\":%.2f,"
            + "\"ndcg10\":%.4f,\"ranks\":%s,\"index_mb\":%.1f,\"build_s\":%.2f,\"memory_mb\":%.1f}%n",
        built.engine(), queries.get(0).queryClass(), k, filtered, ranks.size(), percentile(times, 0.5), percentile(times, 0.99), 1000 * times.size() / total,
        gain / ranks.size(), ranks, built.megabytes(), built.seconds(), memoryMb());
  }

  static List<Reader.Query> ofClass(List<Reader.Query> queries, String wanted) {
    return queries.stream().filter(query -> query.queryClass().equals(wanted)).collect(Collectors.toList());
  }

  static void all(Built built, List<Reader.Query> queries, Search search, Limits limits) throws IOException {
    for (String queryClass : List.of("words", "title", "need")) {
      List<Reader.Query> chosen = ofClass(queries, queryClass);
      if (chosen.isEmpty()) continue;
      for (int k : new int[] {10, 100}) {
        for (boolean filtered : new boolean[] {false, true}) line(built, chosen, k, filtered, search, limits);
      }
    }
  }

  static void run(Path file, String engine, List<Reader.Query> queries, Search search) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (Reader.Query query : queries) {
        int rank = 0;
        for (String id : search.find(query, RUN_DEPTH, false)) {
          ++rank;
          out.printf(Locale.ROOT, "%s Q0 %s %d %.6f %s%n", query.id(), id, rank, 1.0 / rank, engine);
        }
      }
    }
  }
}

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of the corpus, as bench_run.h reads them for the other engines. */
final class Reader {
  record Entry(String id, String kind, String title, String text, String region) {
    /** 嘉兴, 嘉兴南, 嘉兴南湖 of 嘉兴南湖: what is indexed to answer filters by a beginning. */
    List<String> beginnings() {
      List<String> all = new ArrayList<>();
      for (int length = 2; length <= region.length(); ++length) all.add(region.substring(0, length));
      return all;
    }
  }

  record Query(String id, String queryClass, String title, String text, String known, String filterKind, String filterRegion) {
    String words() {
      return text.isEmpty() ? title : title + "\n" + text;
    }
  }

  interface Use<T> {
    void take(T value) throws IOException;
  }

  private Reader() {}

  private static String text(JsonObject line, String key) {
    JsonElement value = line.get(key);
    return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
  }

  private static void eachLine(Path file, Use<JsonObject> use) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isEmpty()) use.take(JsonParser.parseString(line).getAsJsonObject());
      }
    }
  }

  static void eachEntry(Path file, Use<Entry> use) throws IOException {
    eachLine(file, line -> use.take(new Entry(text(line, "id"), text(line, "kind"), text(line, "title"), text(line, "text"), text(line, "region"))));
  }

  static List<Query> queries(Path file) throws IOException {
    List<Query> queries = new ArrayList<>();
    eachLine(file, line -> queries.add(new Query(text(line, "id"), text(line, "class"), text(line, "title"), text(line, "text"), text(line, "known"),
        text(line, "filter_kind"), text(line, "filter_region"))));
    return queries;
  }

  /** Options in pairs: --name value. */
  static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) options.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
    for (String needed : List.of("supplies", "queries", "folder")) {
      if (!options.containsKey(needed)) throw new IllegalArgumentException("--" + needed + " is missing");
    }
    return options;
  }
}

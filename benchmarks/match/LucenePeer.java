import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene 8: title and text in one field, OR of all terms, BM25 with its defaults, index files mapped into memory, one segment.
 * Only as many hits are counted as are asked for, so that it may skip what cannot be among them (block-max WAND).
 */
public final class LucenePeer {
  private final Analyzer analyzer;
  private final Directory directory;
  private final IndexWriter writer;
  private SearcherManager searchers;

  private LucenePeer(String analyzerName, Path folder) throws IOException {
    analyzer = switch (analyzerName) {
      case "cjk" -> new CJKAnalyzer();
      case "smartcn" -> new SmartChineseAnalyzer();
      case "standard" -> new StandardAnalyzer();
      default -> throw new IllegalArgumentException("--analyzer is cjk, smartcn or standard");
    };
    directory = new MMapDirectory(folder);
    IndexWriterConfig config = new IndexWriterConfig(analyzer).setOpenMode(IndexWriterConfig.OpenMode.CREATE).setRAMBufferSizeMB(512).setSimilarity(new BM25Similarity());
    writer = new IndexWriter(directory, config);
  }

  static Document document(Reader.Entry entry, String id) {
    Document document = new Document();
    document.add(new StringField("id", id, Field.Store.YES));
    document.add(new StringField("kind", entry.kind(), Field.Store.NO));
    for (String beginning : entry.beginnings()) document.add(new StringField("region", beginning, Field.Store.NO));
    document.add(new TextField("words", entry.title() + "\n" + entry.text(), Field.Store.NO));
    return document;
  }

  private void build(Path supplies) throws IOException {
    Reader.eachEntry(supplies, entry -> writer.addDocument(document(entry, entry.id())));
    writer.forceMerge(1);
    writer.commit();
    searchers = new SearcherManager(writer, null);
  }

  void add(List<Document> documents) throws IOException {
    for (Document document : documents) writer.addDocument(document);
  }

  /** What was added before is findable when it returns. */
  void reopen() throws IOException {
    searchers.maybeRefreshBlocking();
  }

  private Query query(Reader.Query asked, boolean filtered) {
    Query words = new QueryBuilder(analyzer).createBooleanQuery("words", asked.words(), BooleanClause.Occur.SHOULD);
    if (words == null || !filtered) return words;
    return new BooleanQuery.Builder().add(words, BooleanClause.Occur.MUST)
        .add(new TermQuery(new Term("kind", asked.filterKind())), BooleanClause.Occur.FILTER)
        .add(new TermQuery(new Term("region", asked.filterRegion())), BooleanClause.Occur.FILTER).build();
  }

  List<String> search(Reader.Query asked, int k, boolean filtered) throws IOException {
    List<String> found = new ArrayList<>();
    Query query = query(asked, filtered);
    if (query == null) return found;
    IndexSearcher searcher = searchers.acquire();
    try {
      TopScoreDocCollector collector = TopScoreDocCollector.create(k, k);
      searcher.search(query, collector);
      for (ScoreDoc hit : collector.topDocs().scoreDocs) found.add(searcher.doc(hit.doc).get("id"));
    } finally {
      searchers.release(searcher);
    }
    return found;
  }

  private static double folderMb(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum() / 1e6;
    }
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = Reader.options(arguments);
    String analyzer = options.getOrDefault("analyzer", "cjk");
    Measure.Limits limits = new Measure.Limits(Double.parseDouble(options.getOrDefault("seconds", "20")), Integer.parseInt(options.getOrDefault("least", "30")));
    Path folder = Path.of(options.get("folder"), "lucene-" + analyzer);
    Path supplies = Path.of(options.get("supplies"));
    BooleanQuery.setMaxClauseCount(Integer.MAX_VALUE);
    List<Reader.Query> queries = Reader.queries(Path.of(options.get("queries")));
    LucenePeer peer = new LucenePeer(analyzer, folder);
    double begun = Measure.now();
    peer.build(supplies);
    Measure.Built built = new Measure.Built("lucene-" + analyzer, Measure.now() - begun, folderMb(folder));
    if (options.containsKey("run")) {
      Measure.run(Path.of(options.get("run")), built.engine(), queries, peer::search);
      return;
    }
    Measure.all(built, queries, peer::search, limits);
    new Writing(peer, supplies).measure(built.engine(), queries, limits.seconds());
  }
}

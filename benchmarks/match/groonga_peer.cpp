// Groonga 13: TokenBigram with NormalizerAuto over title and text, OR of all pairs and Latin words of the query, TF-IDF (its closest to
// BM25), a database in files that it maps into memory. The index is built after loading, which is its faster way.
#include <groonga.h>

#include <set>

#include "match/bench/bench_run.h"

using namespace jingwei::match::bench;

namespace {

class GroongaPeer {
 public:
  GroongaPeer() {
    if (grn_init() != GRN_SUCCESS) throw std::runtime_error("cannot be started");
    grn_ctx_init(&context_, 0);
  }
  GroongaPeer(const GroongaPeer&) = delete;
  GroongaPeer& operator=(const GroongaPeer&) = delete;
  ~GroongaPeer() {
    grn_ctx_fin(&context_);
    grn_fin();
  }

  void build(const Arguments& arguments) {
    folder_ = arguments.folder / "groonga";
    std::filesystem::create_directories(folder_);
    if (grn_db_create(&context_, (folder_ / "db").c_str(), nullptr) == nullptr) throw std::runtime_error(context_.errbuf);
    // The same question is asked more than once; the answer is not to come from a cache.
    for (const char* command : {"cache_limit 0", "table_create Kinds TABLE_HASH_KEY ShortText", "table_create Regions TABLE_PAT_KEY ShortText",
                                "table_create Entries TABLE_HASH_KEY ShortText", "column_create Entries content COLUMN_SCALAR Text",
                                "column_create Entries kind COLUMN_SCALAR Kinds", "column_create Entries regions COLUMN_VECTOR Regions",
                                "table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto"})
      send(command);
    json::array batch;
    const auto load = [&] {
      send("load --table Entries");
      send(json::serialize(batch));
      batch.clear();
    };
    each_entry(arguments.supplies, [&](const Entry& entry) {
      json::array regions;
      for (const auto& beginning : beginnings(entry.region)) regions.push_back(json::string(beginning));
      batch.push_back(json::object{{"_key", entry.id}, {"content", entry.title + "\n" + entry.text}, {"kind", entry.kind}, {"regions", std::move(regions)}});
      if (batch.size() == kBatch) load();
    });
    if (!batch.empty()) load();
    for (const char* command : {"column_create Terms entries COLUMN_INDEX Entries content", "column_create Kinds entries COLUMN_INDEX Entries kind",
                                "column_create Regions entries COLUMN_INDEX Entries regions"})
      send(command);
  }

  /// With the texts, which Groonga keeps.
  double index_mb() const { return folder_mb(folder_); }

  std::vector<std::string> search(const Query& query, std::size_t k, bool filtered) {
    std::string words;
    for (const auto& term : terms_of(query.words())) words += (words.empty() ? "" : " OR ") + term;
    if (words.empty()) return {};
    std::string command = "select Entries --match_columns 'scorer_tf_idf(content)' --query \"" + words +
                          "\" --output_columns _key --sort_keys -_score --limit " + std::to_string(k);
    if (filtered) command += " --filter 'kind == \"" + query.filter_kind + "\" && regions @ \"" + query.filter_region + "\"'";
    const auto answer = json::parse(send(command));
    std::vector<std::string> found;
    const auto& rows = answer.at(0).as_array();
    for (std::size_t i = 2; i < rows.size(); ++i) found.emplace_back(rows[i].at(0).as_string());
    return found;
  }

 private:
  static constexpr std::size_t kBatch = 1'000;

  std::string send(const std::string& command) {
    grn_ctx_send(&context_, command.data(), static_cast<unsigned>(command.size()), 0);
    char* answer = nullptr;
    unsigned length = 0;
    int flags = 0;
    std::string all;
    do {
      grn_ctx_recv(&context_, &answer, &length, &flags);
      all.append(answer, length);
    } while ((flags & GRN_CTX_MORE) != 0);
    // Where a command fails, there is no answer; only the first line of a load has none either.
    if (all.empty() && !command.starts_with("load ")) throw std::runtime_error("no answer to " + command.substr(0, 200));
    return all;
  }

  /// Pairs of neighbouring Chinese characters, and Latin letters and digits in one piece.
  static std::set<std::string> terms_of(const std::string& text) {
    std::set<std::string> terms;
    std::string before;
    std::string latin;
    for (std::size_t i = 0; i < text.size();) {
      const auto byte = static_cast<unsigned char>(text[i]);
      const std::size_t bytes = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      const std::string character = text.substr(i, bytes);
      const bool han = byte >= 0xe4 && byte <= 0xe9;
      i += bytes;
      if (byte < 0x80 && std::isalnum(byte) != 0)
        latin += character;
      else if (!latin.empty())
        terms.insert(std::exchange(latin, ""));
      if (han && !before.empty()) terms.insert(before + character);
      before = han ? character : "";
    }
    if (!latin.empty()) terms.insert(latin);
    // Words of the query language.
    terms.erase("OR");
    return terms;
  }

  grn_ctx context_ = {};
  std::filesystem::path folder_;
};

}  // namespace

int main(int argc, char** argv) { return run_peer<GroongaPeer>("groonga", argc, argv); }

// SQLite FTS5 over words that cppjieba cut beforehand in its search mode: its own tokenizers find no two-character word of Chinese.
// OR of all words, bm25(), a database in a file with everything in its page cache. Contentless: only the index is compared. Kind and
// the beginnings of a region are columns that weigh nothing.
#include <sqlite3.h>

#include <cctype>
#include <cppjieba/Jieba.hpp>
#include <memory>
#include <set>

#include "match/bench/bench_run.h"

using namespace jingwei::match::bench;

namespace {

const std::filesystem::path kDictionary = DICTIONARY;

class Fts5Peer {
 public:
  Fts5Peer()
      : jieba_((kDictionary / "jieba.dict.utf8").string(), (kDictionary / "hmm_model.utf8").string(), (kDictionary / "user.dict.utf8").string(),
               (kDictionary / "idf.utf8").string(), (kDictionary / "stop_words.utf8").string()) {}
  Fts5Peer(const Fts5Peer&) = delete;
  Fts5Peer& operator=(const Fts5Peer&) = delete;
  ~Fts5Peer() {
    sqlite3_finalize(select_);
    sqlite3_close(database_);
  }

  void build(const Arguments& arguments) {
    folder_ = arguments.folder / "fts5";
    std::filesystem::create_directories(folder_);
    check(sqlite3_open((folder_ / "index.db").c_str(), &database_));
    execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000000; PRAGMA mmap_size = 34359738368");
    execute("CREATE VIRTUAL TABLE entries USING fts5(words, kind, region, content = '', tokenize = 'unicode61'); BEGIN");
    sqlite3_stmt* insert = prepare("INSERT INTO entries(rowid, words, kind, region) VALUES (?, ?, ?, ?)");
    each_entry(arguments.supplies, [&](const Entry& entry) {
      ids_.push_back(entry.id);
      sqlite3_bind_int64(insert, 1, static_cast<sqlite3_int64>(ids_.size()));
      bind(insert, 2, joined(words_of(entry.title + "\n" + entry.text), " "));
      bind(insert, 3, entry.kind);
      bind(insert, 4, joined(beginnings(entry.region), " "));
      if (sqlite3_step(insert) != SQLITE_DONE) fail();
      sqlite3_reset(insert);
    });
    sqlite3_finalize(insert);
    execute("COMMIT; INSERT INTO entries(entries) VALUES ('optimize'); INSERT INTO entries(entries, rank) VALUES ('rank', 'bm25(1.0, 0.0, 0.0)')");
    select_ = prepare("SELECT rowid FROM entries WHERE entries MATCH ? ORDER BY rank LIMIT ?");
  }

  double index_mb() const { return folder_mb(folder_); }

  std::vector<std::string> search(const Query& query, std::size_t k, bool filtered) {
    const auto all = words_of(query.words());
    const std::set<std::string> words(all.begin(), all.end());
    std::string wanted = "words : (\"" + joined(words, "\" OR \"") + "\")";
    if (filtered) wanted += " AND kind : \"" + query.filter_kind + "\" AND region : \"" + query.filter_region + "\"";
    std::vector<std::string> found;
    if (words.empty()) return found;
    bind(select_, 1, wanted);
    sqlite3_bind_int64(select_, 2, static_cast<sqlite3_int64>(k));
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(select_)) == SQLITE_ROW) found.push_back(ids_[static_cast<std::size_t>(sqlite3_column_int64(select_, 0)) - 1]);
    if (step != SQLITE_DONE) fail();
    sqlite3_reset(select_);
    return found;
  }

 private:
  /// Without punctuation, which the tokenizer would drop anyway.
  std::vector<std::string> words_of(const std::string& text) const {
    std::vector<std::string> words;
    jieba_.CutForSearch(text, words);
    std::erase_if(words, [](const std::string& word) {
      const auto first = static_cast<unsigned char>(word[0]);
      return first < 0x80 ? std::isalnum(first) == 0 : first < 0xe4 || first > 0xe9;
    });
    return words;
  }
  static std::string joined(const auto& parts, const char* separator) {
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : separator) + part;
    return all;
  }
  static void bind(sqlite3_stmt* statement, int at, const std::string& text) {
    sqlite3_bind_text(statement, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  }
  [[noreturn]] void fail() const { throw std::runtime_error(sqlite3_errmsg(database_)); }
  void check(int code) const {
    if (code != SQLITE_OK) fail();
  }
  void execute(const char* sql) { check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr)); }
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr));
    return statement;
  }

  cppjieba::Jieba jieba_;
  std::filesystem::path folder_;
  std::vector<std::string> ids_;
  sqlite3* database_ = nullptr;
  sqlite3_stmt* select_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) { return run_peer<Fts5Peer>("sqlite-fts5", argc, argv); }

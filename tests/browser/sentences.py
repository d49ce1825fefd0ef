"""What invented papers say: sentences with gaps for a system, a number and a corpus."""

SYSTEMS = (
    *("AudioLoom", "WhisperSieve", "PhonoGraft", "EchoLedger", "TimbreNet", "CAT-Codec", "SpeakFirst", "MelQuilt"),
    *("BabelBench", "QuietRoom", "ProsodyLM", "VoxAtlas", "Clap2Sing", "DiffRIR", "StreamVAD", "TonePair"),
)
CORPORA = ("LibriMarket", "VoxBazaar", "AISHELL-9", "MUSAN-Prime", "IEMO-Street", "FSD-Night", "LongTalk", "RoomAtlas")
TITLES = (
    "{system}: Scaling Audio Tokenizers for Future Audio Foundation Models",
    "{system}: Robust Speaker Verification under Far-Field Reverberation",
    "Do Speech Language Models Hear Prosody? A Controlled Study with {system}",
    "{system}: Streaming Recognition at $\\mathcal{{O}}(n\\log n)$ without a Look-Ahead Window",
    "Self-Supervised Learning for Sound Event Detection: A Study and Review of {system} and its Successors",
    "{system}",
    "Bounds on $\\|\\hat{{x}}-x\\|_2^2$ for Blind Source Separation with {system}",
    "Towards Zero-Shot Singing Voice Conversion with {system}: Data, Objectives and a Benchmark",
)
ENGLISH = (
    "Discrete audio tokenizers are fundamental to giving large language models the ability to hear and to speak.",
    "Existing approaches rely on pretrained encoders, on semantic distillation, or on heterogeneous convolutions.",
    "We present {system}, a homogeneous architecture that is trained end to end on {hours} hours of {corpus}.",
    "The loss is $\\mathcal{{L}}=\\mathcal{{L}}_{{\\mathrm{{rec}}}}+\\lambda\\,\\mathcal{{L}}_{{\\mathrm{{adv}}}}$.",
    "It lowers the word error rate on {corpus} from {worse}% to {better}% at a bitrate of {rate} kbps.",
    "An ablation shows that most of the gain comes from sorting frames before attention is applied to them.",
    "Listening tests with {raters} raters confirm that the difference can be heard, also in noise at {rate} dB.",
    "Models and data are released at https://github.com/example/{system} for those who want to repeat this.",
)
CHINESE = (
    "离散音频分词器是赋予大语言模型原生音频处理与生成能力的关键基础，但现有方法往往依赖预训练编码器或语义蒸馏。",
    "这些设计引入了固定的归纳偏置，限制了重建保真度，也阻碍了模型与数据规模的有效扩展。",
    "本文提出 {system}，这是一种同质、可扩展的架构，在 {hours} 小时的 {corpus} 上完全端到端地训练。",
    "训练目标为 $\\mathcal{{L}}=\\mathcal{{L}}_{{\\mathrm{{rec}}}}+\\lambda\\,\\mathcal{{L}}_{{\\mathrm{{adv}}}}$，"
    "其中 $\\lambda$ 随训练步数线性增大。",
    "在 {corpus} 上，词错误率从 {worse}% 降到 {better}%，码率仅为 {rate} kbps。",
    "消融实验表明，大部分收益来自在注意力之前先对各帧排序，而不是来自更大的模型。",
    "{raters} 位听音人的主观评测证实了这一差别，在 {rate} dB 的噪声下依然成立。",
)
TERMS = (
    "研究背景",
    "既有问题",
    "同质化架构",
    "端到端联合优化",
    "排序后的注意力",
    "渐进序列丢弃",
    "音频重建",
    "语音生成",
)
LONG_FORMULA = (
    "$\\hat{y}_{t}=\\sum_{k=1}^{K}\\pi_k(x_{1:t})\\,\\mathcal{N}\\!\\left(y_t;\\mu_k(x_{1:t}),"
    "\\sigma_k^2(x_{1:t})\\right)+\\frac{1}{T}\\sum_{t=1}^{T}\\left\\|\\nabla_{\\theta}\\log p_{\\theta}"
    "(y_t\\mid x_{1:t})\\right\\|_2^2+\\lambda_1\\|W\\|_{1}+\\lambda_2\\|W\\|_{2}^{2}$"
)
LONG_TITLE = (
    "On the Unreasonable Difficulty of Simultaneously Transcribing, Translating, Diarizing and Summarizing "
    "Ninety-Minute Multi-Party Code-Switched Conversations Recorded with a Single Distant Microphone in "
    "Reverberant Rooms: A Systematic Study with MultiTalkerUltraLongContextTransformer-XXL-v2.5 and $\\ell_1$-Norm "
    "Regularized Mixture-of-Experts"
)
NAMES = (
    *("Yitian Gong", "Kuangwei Chen", "Zhaoye Fei", "Ana Núñez", "Réda Dehak", "Ngọc-Thái Đỗ", "Bo Li", "Søren Ørsted"),
    *("Theo Lepage", "Xipeng Qiu", "Chukwuemeka Okonkwo", "Maria del Carmen Fernández de Córdoba y Álvarez", "Jun Du"),
)
